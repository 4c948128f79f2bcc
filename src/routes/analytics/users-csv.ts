import { createRoute, z } from "@hono/zod-openapi";
import { exportUsers } from "../../services/analytics/users-csv.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";
import { selection } from "./schemas.ts";

const csv = z.string().openapi({
  description: "RFC 4180 in UTF-8 with a header; `last_activity` is empty for a user who did nothing yet",
  example:
    "id,name,logins,page_views,activities,last_activity\r\nu-7,Ada,3,41,0,2026-03-01T09:30:00.000Z\r\n",
});

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/users.csv",
  operationId: "exportOrgUsers",
  tags: ["Analytics"],
  summary: "All users of an organisation as CSV",
  description:
    "Streamed, 1,000 users a round trip to the database. Ids and names that a spreadsheet would take for a formula " +
    "(beginning with `=`, `+`, `-`, `@`, a tab or a line break) come behind an apostrophe. Should the export fail on " +
    "the way, the connection is broken off: a response that ends well is whole.",
  ...needs("stats:read"),
  ...budget(
    { trips: 2, cpu: "bulk" },
    "A stream: a trip more for each further thousand users, and the line in the audit log",
  ),
  request: { params: z.object({ org: orgParam }), query: z.object(selection) },
  responses: {
    200: { description: "The users", content: { "text/csv": { schema: csv } } },
    ...problems(400, 403, 404, 503),
  },
});

export function registerUsersCsv(app: App): void {
  app.openapi(route, async (c) => {
    const { active_since: activeSince = null, ...query } = c.req.valid("query");
    const { org } = c.req.valid("param");
    const stream = await exportUsers(ctxOf(c), { org, ...query, activeSince });
    return c.body(stream, 200, {
      ...NO_STORE,
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="users-${org.replace(/[^\w-]/g, "_")}.csv"`,
    });
  });
}
