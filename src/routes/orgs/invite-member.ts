import { createRoute, z } from "@hono/zod-openapi";
import { inviteMember } from "../../services/orgs/invitations.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems, rateClass } from "../openapi.ts";
import { MemberSchema, memberWire, NewMemberSchema } from "./member-schemas.ts";
import { NO_STORE, orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/members",
  operationId: "inviteMember",
  tags: ["Organisations"],
  summary: "Add a member, or invite an address",
  description:
    "Who has an account with this address, confirmed where the deployment asks for that, is a member at once, and told so by mail. Another " +
    "address gets a mail, and becomes a member by making an account within 14 days; inviting it again renews role and days. " +
    "Members and invitations are at most 1,000. Only an owner makes owners.",
  ...needs("members:write"),
  ...budget(),
  // It sends mails to anybody, and tells whether an address has an account.
  ...rateClass("sensitive"),
  request: { params: z.object({ org: orgParam }), body: jsonInput(NewMemberSchema) },
  responses: {
    201: jsonBody(MemberSchema, "A member now"),
    202: jsonBody(MemberSchema, "Invited"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerInviteMember(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("param");
    const { origin } = new URL(c.req.url);
    const member = await inviteMember(ctxOf(c), { ...c.req.valid("json"), org, origin });
    if (member.status === "invited") return c.json(memberWire(member), 202, NO_STORE);
    const headers = { ...NO_STORE, Location: `/v1/orgs/${encodeURIComponent(org)}/members/${member.userId}` };
    return c.json(memberWire(member), 201, headers);
  });
}
