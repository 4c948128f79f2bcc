import { ALLOWED } from "../../domain/access.ts";
import { dashboardHref, isFormSubmission, parseDashboardQuery } from "../../web/dashboard/query.ts";
import type { DashboardState } from "../../web/dashboard/view.ts";
import { DashboardPage, DashboardRefused } from "../../web/pages/dashboard-page.tsx";
import { type App, ctxOf } from "../openapi.ts";
import { orgOfPage, personOf } from "./account/guard.ts";
import { readDashboard } from "./dashboard-state.ts";
import { answerPassingPage } from "./html.tsx";

/**
 * `GET /orgs/{org}`, behind what lets only people who are signed in pass: the dashboard, for who may read the numbers. Its
 * forms are sent on to the address that says the same.
 */
export function registerDashboardPage(app: App): void {
  app.get("/orgs/:org", async (c) => {
    const url = new URL(c.req.url);
    const query = parseDashboardQuery(url.searchParams);
    const slug = c.req.param("org");
    if (isFormSubmission(slug, url)) return c.redirect(dashboardHref(slug, query), 303);
    const membership = personOf(c).memberships.find(
      ({ orgId, orgSlug }) => slug === orgSlug || slug === orgId,
    );
    const isAllowed = membership !== undefined && ALLOWED[membership.role].includes("stats:read");
    const [org, state] = await Promise.all([
      orgOfPage(c, "org:read"),
      isAllowed ? readDashboard(ctxOf(c), slug, query) : null,
    ]);
    if (state === null) return answerPassingPage(c, <DashboardRefused org={org} role={org.role} />, 403);
    const page = (
      <DashboardPage org={org} role={org.role} state={state} zones={zonesOf()} origin={url.origin} />
    );
    return answerPassingPage(c, page, statusOf(state));
  });
}

/** UTC is a zone that people choose, but none of the list's. */
function zonesOf(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

function statusOf({ overview, users }: DashboardState): 200 | 400 | 503 {
  const failures = [overview.failure, users.failure].filter((failure) => failure !== null);
  if (failures.length === 0) return 200;
  return failures.every(({ isPassing }) => isPassing) ? 503 : 400;
}
