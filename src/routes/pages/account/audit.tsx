import type { Context } from "hono";
import { AUDIT_ACTIONS } from "../../../domain/audit.ts";
import { ALL_LINES, listOrgAudit } from "../../../services/audit/list.ts";
import { listMembers } from "../../../services/orgs/members.ts";
import { AuditPage, choiceParams } from "../../../web/pages/account/audit-page.tsx";
import type { AuditChoice } from "../../../web/pages/account/audit-page.tsx";
import { isAuditActor } from "../../audit/schemas.ts";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { orgOfPage } from "./guard.ts";

const LINES = 50;
/** Whose names are shown; others' ids are. */
const PEOPLE = 100;

/** What the address chooses; what it misspells chooses nothing. */
function choiceOf(c: Context<AppEnv>): AuditChoice {
  const action = AUDIT_ACTIONS.find((one) => one === c.req.query("action")) ?? null;
  const actor = c.req.query("actor") ?? "";
  return { action, actor: isAuditActor(actor) ? actor : null };
}

async function namesOf(c: Context<AppEnv>, org: string): Promise<Map<string, string>> {
  const { items } = await listMembers(ctxOf(c), org, { cursor: null, limit: PEOPLE });
  const people = items.filter(({ userId }) => userId !== null);
  return new Map(people.map(({ userId, name, email }) => [`user:${userId}`, name ?? email]));
}

/** `/orgs/{org}/audit`: who did what to it, for its owners and admins. */
export function registerAuditPage(app: App): void {
  app.get("/orgs/:org/audit", async (c) => {
    const slug = c.req.param("org");
    const org = await orgOfPage(c, "audit:read");
    const choice = choiceOf(c);
    const cursor = c.req.query("cursor") ?? null;
    const [names, { items, nextCursor }] = await Promise.all([
      namesOf(c, slug),
      listOrgAudit(ctxOf(c), { org: slug, ...ALL_LINES, ...choice }, { cursor, limit: LINES }),
    ]);
    const next = choiceParams(choice);
    if (nextCursor !== null) next.set("cursor", nextCursor);
    const more = nextCursor === null ? null : `${c.req.path}?${next}`;
    const page = <AuditPage org={org} lines={items} names={names} choice={choice} more={more} />;
    return answerPassingPage(c, page);
  });
}
