import { record, type Api } from "./api.ts";
import type { Invocation } from "./command.ts";
import { UsageError } from "./errors.ts";

export const ORG_HELP = [
  "--org ORG",
  "Slug or id of the organisation (else VITRINE_ORG, else the only one there is)",
] as const;

const SHOWN = 8;

/** The organisation of the call; where it names none, the only one that the credential knows. Throws `UsageError`. */
export async function chooseOrg(invocation: Invocation, api: Api): Promise<string> {
  const named = invocation.text("org") ?? invocation.environment.VITRINE_ORG;
  if (named !== undefined && named !== "") return named;
  const slugs: string[] = [];
  for await (const org of api.list("/v1/orgs")) {
    slugs.push(String(record(org).slug));
    if (slugs.length > SHOWN) break;
  }
  if (slugs.length === 1) return slugs[0];
  if (slugs.length === 0) throw new UsageError("There is no organisation yet: vitrine orgs create SLUG");
  const list = `${slugs.slice(0, SHOWN).join(", ")}${slugs.length > SHOWN ? ", …" : ""}`;
  throw new UsageError(`There are several organisations: name one by --org (${list})`);
}
