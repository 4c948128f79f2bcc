import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { SCOPES } from "../../../domain/actor.ts";
import { AppError } from "../../../domain/errors.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../../services/orgs/api-keys.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { KeysPage } from "../../../web/pages/account/keys-page.tsx";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneHref, doneOf, nextHref } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";
import { orgOfPage } from "./guard.ts";

const PAGE_SIZE = 100;
const DONE = { revoke: "The key is revoked." } as const;

interface Shown {
  state: FormState;
  status?: number;
  ticked?: readonly string[];
  created?: { name: string; secret: string };
}

async function show(c: Context<AppEnv>, shown: Shown): Promise<Response> {
  const { state, status = 200, ticked = [], created } = shown;
  const cursor = c.req.query("cursor") ?? null;
  const [org, { items, nextCursor }] = await Promise.all([
    orgOfPage(c, "keys:read"),
    listApiKeys(ctxOf(c), c.req.param("org") ?? "", { cursor, limit: PAGE_SIZE }),
  ]);
  const page = (
    <KeysPage
      org={org}
      keys={items}
      more={nextHref(c, nextCursor)}
      state={state}
      ticked={ticked}
      created={created}
      done={created === undefined ? doneOf(c, DONE) : undefined}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** The key is in this answer alone, so it is not one that leads on to another page. */
async function create(c: Context<AppEnv>, form: URLSearchParams, org: string): Promise<Response> {
  const ticked = form.getAll("scopes");
  const scopes = SCOPES.filter((scope) => ticked.includes(scope));
  const created: { name: string; secret: string }[] = [];
  const refusal = await attempt(form, ["name", "scopes"], async () => {
    if (scopes.length === 0) {
      const errors = [{ path: "scopes", message: "Choose at least one." }];
      throw new AppError("invalid_input", { detail: "A key without scopes allows nothing", errors });
    }
    created.push(await createApiKey(ctxOf(c), { org, name: textOf(form, "name"), scopes }));
  });
  if (refusal !== null) return show(c, { ...refusal, ticked });
  const [key] = created;
  return show(c, { state: BLANK, status: 201, ...(key === undefined ? {} : { created: key }) });
}

/** `/orgs/{org}/keys`: the organisation's API keys. */
export function registerKeysPage(app: App): void {
  app.get("/orgs/:org/keys", (c) => show(c, { state: BLANK }));
  app.post("/orgs/:org/keys", async (c) => {
    const form = await readForm(c);
    const { id } = await orgOfPage(c, "keys:write");
    if (form.get("do") === "create") return create(c, form, id);
    const refusal = await attempt(form, [], () =>
      revokeApiKey(ctxOf(c), { org: id, id: textOf(form, "key") }),
    );
    return refusal === null ? c.redirect(doneHref(c, "revoke"), 303) : show(c, refusal);
  });
}
