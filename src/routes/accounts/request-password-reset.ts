import { createRoute, z } from "@hono/zod-openapi";
import { requestPasswordReset } from "../../services/accounts/mailed-links.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, jsonInput, problems, PUBLIC, rateClass } from "../openapi.ts";
import { authRequestOf, email, NO_STORE, StatusSchema } from "./schemas.ts";

const AddressSchema = z.object({ email }).openapi("AccountAddress");

export const route = createRoute({
  method: "post",
  path: "/api/auth/request-password-reset",
  operationId: "requestPasswordReset",
  tags: ["Accounts"],
  summary: "Have a link to choose a new password mailed",
  description: "The answer is the same whether the address has an account. The link holds for an hour, once.",
  ...PUBLIC,
  ...budget({ trips: 4, cpu: "medium" }, "As many trips for an address that is known as for one that is not"),
  ...rateClass("sensitive"),
  request: { body: jsonInput(AddressSchema) },
  responses: {
    200: jsonBody(StatusSchema, "Mailed, if there is such an account"),
    ...problems(400, 413, 415, 422, 503),
  },
});

export function registerRequestPasswordReset(app: App): void {
  app.openapi(route, async (c) => {
    await requestPasswordReset(c.env, authRequestOf(c), c.req.valid("json").email);
    return c.json({ status: true as const }, 200, NO_STORE);
  });
}
