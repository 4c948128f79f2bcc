import { createRoute, z } from "@hono/zod-openapi";
import { listUsers } from "../../services/analytics/users.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, needs, problems } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";
import { PRIVATE, selection, UserPageSchema } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/users",
  operationId: "listOrgUsers",
  tags: ["Analytics"],
  summary: "The users of an organisation and what they did",
  description:
    "Visitors whom the organisation does not know by an id are not listed. Pages are good while counters change: a user " +
    "who does not move in the order comes exactly once. A filter with a sort of its own (`q` by name, `active_since` by " +
    "last activity) is answered in full pages; with another sort and very many matches a page may be shorter than " +
    "`limit`, even empty, while `next_cursor` is not null: go on until it is.",
  ...needs("stats:read"),
  ...budget({ cpu: "medium" }),
  request: {
    params: z.object({ org: orgParam }),
    query: z.object({ ...selection, limit: limitParam(50), cursor: cursorParam }),
  },
  responses: {
    200: jsonBody(UserPageSchema, "A page of users"),
    ...NOT_MODIFIED,
    ...problems(400, 403, 404, 503),
  },
});

export function registerListUsers(app: App): void {
  app.openapi(route, async (c) => {
    const { active_since: activeSince = null, cursor = null, ...query } = c.req.valid("query");
    const input = { ...c.req.valid("param"), ...query, activeSince, cursor };
    const { value, version } = await listUsers(ctxOf(c), input);
    linkNext(c, value.nextCursor);
    c.header("Content-Type", "application/json");
    return conditional(c, { etag: etagOf("users", version), ...PRIVATE }, () => c.body(value.json, 200));
  });
}
