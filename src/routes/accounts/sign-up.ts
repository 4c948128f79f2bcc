import { createRoute, z } from "@hono/zod-openapi";
import { signUp } from "../../services/accounts/sign-up.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, jsonInput, problems, PUBLIC, rateClass } from "../openapi.ts";
import {
  accountUserWire,
  AccountUserSchema,
  authRequestOf,
  carrySession,
  email,
  newPassword,
  personName,
  SESSION_HEADERS,
} from "./schemas.ts";

const NewAccountSchema = z
  .object({
    name: personName,
    email: email.openapi({ example: "grace@shop.example" }),
    password: newPassword,
  })
  .openapi("NewAccount");

const SignedUpSchema = z
  .object({
    token: z.string().nullable().openapi({ description: "As `set-auth-token`; null until confirmed" }),
    user: AccountUserSchema,
  })
  .openapi("SignedUp");

export const route = createRoute({
  method: "post",
  path: "/api/auth/sign-up/email",
  operationId: "signUp",
  tags: ["Accounts"],
  summary: "Make an account with e-mail and password",
  description:
    "Where the deployment confirms addresses (as production does), a link is mailed, the first session waits for it, and a known address gets the same answer as a new one. Else the account is signed in at once, and a known address is a 409.",
  ...PUBLIC,
  ...budget(
    { trips: 6, cpu: "heavy" },
    "Hashes a password; as many trips for an address that is known as for one that is not",
  ),
  ...rateClass("sensitive"),
  request: { body: jsonInput(NewAccountSchema) },
  responses: {
    200: { ...jsonBody(SignedUpSchema, "The account"), headers: SESSION_HEADERS },
    ...problems(400, 409, 413, 415, 422, 503),
  },
});

export function registerSignUp(app: App): void {
  app.openapi(route, async (c) => {
    const { body, headers } = await signUp(c.env, authRequestOf(c), c.req.valid("json"));
    carrySession(c, headers);
    return c.json({ token: body.token, user: accountUserWire(body.user) }, 200);
  });
}
