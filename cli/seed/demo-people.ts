import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Api } from "../api.ts";
import type { Invocation } from "../command.ts";
import { patiently } from "../patience.ts";
import { isConflict } from "./demo-org.ts";

/** Who may sign in to the demo organisation, one a role; `.test` is nobody's domain (RFC 2606). */
export const DEMO_PEOPLE = [
  { email: "demo@vitrine.test", name: "Robin Keller", role: "owner" },
  { email: "analyst@vitrine.test", name: "Inês Duarte", role: "analyst" },
  { email: "member@vitrine.test", name: "Tunde Okafor", role: "member" },
] as const;
type DemoPerson = (typeof DEMO_PEOPLE)[number];

export interface MadePeople {
  /** Those that did not exist before: `password` is theirs. */
  made: readonly DemoPerson[];
  password: string;
}

/** Without letters and digits that look alike. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** Makes the accounts that are not there yet, and members of the organisation. */
export async function makeDemoPeople(
  invocation: Invocation,
  operator: Api,
  org: string,
): Promise<MadePeople> {
  const password = passwordOf(invocation);
  const made = await Promise.all(
    DEMO_PEOPLE.map((person) => makePerson(operator, { org, person, password }, invocation.signal)),
  );
  return { made: DEMO_PEOPLE.filter((_, i) => made[i]), password };
}

async function makePerson(
  operator: Api,
  { org, person, password }: { org: string; person: DemoPerson; password: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { email, name, role } = person;
  const post = (path: string, body: object): Promise<boolean> =>
    patiently(() => operator.call({ method: "POST", path, body, signal }), {
      signal,
      onRetry: () => undefined,
    })
      .then(() => true)
      .catch((error: unknown) => {
        if (isConflict(error)) return false;
        throw error;
      });
  const isNew = await post("/api/auth/sign-up/email", { email, name, password });
  await post(`/v1/orgs/${encodeURIComponent(org)}/members`, { email, role });
  return isNew;
}

/** The password of the call, the one kept in its file, or a new one, kept there. Never one that others know. */
function passwordOf(invocation: Invocation): string {
  const given = invocation.environment.VITRINE_DEMO_PASSWORD;
  if (given !== undefined && given !== "") return given;
  const file = invocation.text("password-file");
  if (file !== undefined && existsSync(file)) return readFileSync(file, "utf8").trim();
  const groups = Array.from({ length: 3 }, () =>
    Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  );
  const password = groups.join("-");
  if (file !== undefined) writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}
