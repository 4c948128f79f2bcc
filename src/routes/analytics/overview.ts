import { createRoute, z } from "@hono/zod-openapi";
import { overview } from "../../services/analytics/overview.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";
import { overviewQuery, OverviewSchema } from "./overview-schemas.ts";
import { PRIVATE } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/overview",
  operationId: "orgOverview",
  tags: ["Analytics"],
  summary: "What went on in an organisation over a range of time",
  description:
    "Counts are exact in any time zone, for days of 23 and 25 hours too: they are kept by quarters of an hour, to which " +
    "instants are widened. Active users are exact to at least 1,500, mostly to about 12,000, and beyond within 2 % in 95 of " +
    "100 cases; where a day that is over changes, they may be up to two minutes behind the counts.",
  ...needs("stats:read"),
  ...budget({ messages: 1, cpu: "medium" }),
  request: { params: z.object({ org: orgParam }), query: overviewQuery },
  responses: {
    200: jsonBody(OverviewSchema, "The overview"),
    ...NOT_MODIFIED,
    ...problems(400, 403, 404, 503),
  },
});

export function registerOverview(app: App): void {
  app.openapi(route, async (c) => {
    const { from = null, to = null, tz = null, interval = null, compare = null } = c.req.valid("query");
    const { org } = c.req.valid("param");
    const { value, version } = await overview(ctxOf(c), { org, from, to, tz, interval, compare });
    c.header("Content-Type", "application/json");
    const etag = etagOf("overview", version, value.tag);
    return conditional(c, { etag, ...PRIVATE }, () => c.body(value.json, 200));
  });
}
