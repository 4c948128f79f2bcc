import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { currentSession, endOwnSession, listOwnSessions } from "../../../services/accounts/own-account.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { AccountPage } from "../../../web/pages/account/account-page.tsx";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneHref, doneOf, nextHref } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";
import { personOf } from "./guard.ts";

const PAGE_SIZE = 50;
const DONE = { end: "That session is signed out, everywhere within a minute." } as const;

async function show(c: Context<AppEnv>, state: FormState, status = 200): Promise<Response> {
  const { name, email } = personOf(c);
  const cursor = c.req.query("cursor") ?? null;
  const [session, { items, nextCursor }] = await Promise.all([
    currentSession(c.env, c.req.raw.headers),
    listOwnSessions(ctxOf(c), { cursor, limit: PAGE_SIZE }),
  ]);
  const page = (
    <AccountPage
      name={name}
      email={email}
      emailVerified={session?.emailVerified ?? false}
      sessions={items}
      more={nextHref(c, nextCursor)}
      state={state}
      done={doneOf(c, DONE)}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** `/account`: who one is here, and where one is signed in. */
export function registerAccountPage(app: App): void {
  app.get("/account", (c) => show(c, BLANK));
  app.post("/account", async (c) => {
    const form = await readForm(c);
    const refusal = await attempt(form, [], () => endOwnSession(ctxOf(c), textOf(form, "session")));
    return refusal === null ? c.redirect(doneHref(c, "end"), 303) : show(c, refusal.state, refusal.status);
  });
}
