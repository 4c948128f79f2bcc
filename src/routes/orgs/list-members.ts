import { createRoute, z } from "@hono/zod-openapi";
import { listMembers } from "../../services/orgs/members.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, needs, problems } from "../openapi.ts";
import { MemberSchema, memberWire } from "./member-schemas.ts";
import { NO_STORE, orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/members",
  operationId: "listMembers",
  tags: ["Organisations"],
  summary: "The members of an organisation, then its open invitations",
  ...needs("members:read"),
  ...budget(),
  request: {
    params: z.object({ org: orgParam }),
    query: z.object({ limit: limitParam(), cursor: cursorParam }),
  },
  responses: {
    200: jsonBody(listOf("MemberList", MemberSchema), "A page of members and invitations"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListMembers(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listMembers(ctxOf(c), c.req.valid("param").org, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(memberWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
