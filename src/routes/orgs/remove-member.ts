import { createRoute, z } from "@hono/zod-openapi";
import { removeMember } from "../../services/orgs/members.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { userParam } from "./member-schemas.ts";
import { orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/orgs/{org}/members/{user}",
  operationId: "removeMember",
  tags: ["Organisations"],
  summary: "Remove a member, withdraw an invitation, or leave",
  description:
    "`{user}` is a member's id, or the address of an invitation. With your own id you leave, whatever your role. The last " +
    "owner stays (409); only an owner removes owners.",
  ...needs("members:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam, user: userParam }) },
  responses: { 204: { description: "Removed" }, ...problems(400, 403, 404, 409, 503) },
});

export function registerRemoveMember(app: App): void {
  app.openapi(route, async (c) => {
    await removeMember(ctxOf(c), c.req.valid("param"));
    return c.body(null, 204);
  });
}
