import { createRoute, z } from "@hono/zod-openapi";
import { sendVerification } from "../../services/accounts/mailed-links.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, jsonInput, problems, PUBLIC, rateClass } from "../openapi.ts";
import { authRequestOf, email, NO_STORE, StatusSchema } from "./schemas.ts";

const UnconfirmedAddressSchema = z.object({ email }).openapi("UnconfirmedAddress");

export const route = createRoute({
  method: "post",
  path: "/api/auth/send-verification-email",
  operationId: "sendVerificationEmail",
  tags: ["Accounts"],
  summary: "Have the link that confirms an address mailed again",
  description: "The answer is the same whether the address has an account, confirmed or not.",
  ...PUBLIC,
  ...budget({ trips: 3, cpu: "medium" }),
  ...rateClass("sensitive"),
  request: { body: jsonInput(UnconfirmedAddressSchema) },
  responses: {
    200: jsonBody(StatusSchema, "Mailed, if it is to be confirmed"),
    ...problems(400, 413, 415, 422, 503),
  },
});

export function registerSendVerificationEmail(app: App): void {
  app.openapi(route, async (c) => {
    await sendVerification(c.env, authRequestOf(c), c.req.valid("json").email);
    return c.json({ status: true as const }, 200, NO_STORE);
  });
}
