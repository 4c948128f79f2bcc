import { createRoute, z } from "@hono/zod-openapi";
import { changeRole } from "../../services/orgs/members.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { MemberChangeSchema, MemberSchema, memberWire, userParam } from "./member-schemas.ts";
import { NO_STORE, orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "patch",
  path: "/v1/orgs/{org}/members/{user}",
  operationId: "changeMember",
  tags: ["Organisations"],
  summary: "Change the role of a member",
  description:
    "It holds everywhere within a minute. Only an owner makes or unmakes owners, and the last one stays an owner (409).",
  ...needs("members:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam, user: userParam }), body: jsonInput(MemberChangeSchema) },
  responses: {
    200: jsonBody(MemberSchema, "The member as they are now"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerChangeMember(app: App): void {
  app.openapi(route, async (c) => {
    const member = await changeRole(ctxOf(c), { ...c.req.valid("param"), ...c.req.valid("json") });
    return c.json(memberWire(member), 200, NO_STORE);
  });
}
