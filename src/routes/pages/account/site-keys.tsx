import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { createSiteKey, listSiteKeys, revokeSiteKey } from "../../../services/orgs/site-keys.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { SiteKeysPage } from "../../../web/pages/account/site-keys-page.tsx";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneHref, doneOf, nextHref } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";
import { orgOfPage } from "./guard.ts";

const PAGE_SIZE = 100;
const DONE = {
  create: "The site key is ready: paste its line into your pages, before </head>.",
  revoke: "The site key is revoked.",
} as const;

async function show(c: Context<AppEnv>, state: FormState, status = 200): Promise<Response> {
  const cursor = c.req.query("cursor") ?? null;
  const [org, { items, nextCursor }] = await Promise.all([
    orgOfPage(c, "keys:read"),
    listSiteKeys(ctxOf(c), c.req.param("org") ?? "", { cursor, limit: PAGE_SIZE }),
  ]);
  const page = (
    <SiteKeysPage
      org={org}
      keys={items}
      more={nextHref(c, nextCursor)}
      origin={c.env.config.publicOrigin ?? new URL(c.req.url).origin}
      state={state}
      done={doneOf(c, DONE)}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** `/orgs/{org}/site-keys`: what its own sites count their page views with. */
export function registerSiteKeysPage(app: App): void {
  app.get("/orgs/:org/site-keys", (c) => show(c, BLANK));
  app.post("/orgs/:org/site-keys", async (c) => {
    const form = await readForm(c);
    const { id: org } = await orgOfPage(c, "keys:write");
    const creates = form.get("do") === "create";
    const origins = textOf(form, "origins")
      .split(/[\s,]+/)
      .filter((origin) => origin !== "");
    const refusal = await attempt(form, ["name", "origins"], () =>
      creates
        ? createSiteKey(ctxOf(c), { org, name: textOf(form, "name"), origins })
        : revokeSiteKey(ctxOf(c), { org, id: textOf(form, "key") }),
    );
    if (refusal !== null) return show(c, refusal.state, refusal.status);
    return c.redirect(doneHref(c, creates ? "create" : "revoke"), 303);
  });
}
