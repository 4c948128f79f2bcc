import { createRoute, z } from "@hono/zod-openapi";
import { resetPassword } from "../../services/accounts/mailed-links.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, jsonInput, problems, PUBLIC, rateClass } from "../openapi.ts";
import { authRequestOf, newPassword, NO_STORE, StatusSchema } from "./schemas.ts";

const NewPasswordSchema = z
  .object({
    token: z.string().min(1).max(200).openapi({ description: "The `token` of the mailed link" }),
    newPassword,
  })
  .openapi("NewPassword");

export const route = createRoute({
  method: "post",
  path: "/api/auth/reset-password",
  operationId: "resetPassword",
  tags: ["Accounts"],
  summary: "Choose a new password with a mailed link",
  description: "Ends all sessions of the account. A link that was used or has expired is a 400.",
  ...PUBLIC,
  ...budget(
    { trips: 14, cpu: "heavy" },
    "Hashes a password and ends every session; the steps are Better Auth's",
  ),
  ...rateClass("sensitive"),
  request: { body: jsonInput(NewPasswordSchema) },
  responses: { 200: jsonBody(StatusSchema, "The password is set"), ...problems(400, 413, 415, 422, 503) },
});

export function registerResetPassword(app: App): void {
  app.openapi(route, async (c) => {
    await resetPassword(c.env, authRequestOf(c), c.req.valid("json"));
    return c.json({ status: true as const }, 200, NO_STORE);
  });
}
