import { createRoute, z } from "@hono/zod-openapi";
import { signIn } from "../../services/accounts/sign-in.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, jsonInput, problems, PUBLIC, rateClass } from "../openapi.ts";
import {
  accountUserWire,
  AccountUserSchema,
  authRequestOf,
  carrySession,
  email,
  password,
  SESSION_HEADERS,
} from "./schemas.ts";

const CredentialsSchema = z.object({ email, password }).openapi("Credentials");

const SignedInSchema = z
  .object({
    token: z.string().openapi({ description: "As `set-auth-token`: for `Authorization: Bearer …`" }),
    user: AccountUserSchema,
  })
  .openapi("SignedIn");

export const route = createRoute({
  method: "post",
  path: "/api/auth/sign-in/email",
  operationId: "signIn",
  tags: ["Accounts"],
  summary: "Sign in with e-mail and password",
  description:
    "Makes a session of 30 days. A wrong password and an unknown address get the same answer after the same time; attempts are counted by client and by address.",
  ...PUBLIC,
  ...budget(
    { trips: 4, messages: 1, cpu: "heavy" },
    "Hashes a password; as many trips for an address that is known as for one that is not; a message for each organisation",
  ),
  ...rateClass("sensitive"),
  request: { body: jsonInput(CredentialsSchema) },
  responses: {
    200: { ...jsonBody(SignedInSchema, "The session"), headers: SESSION_HEADERS },
    ...problems(400, 403, 413, 415, 422, 503),
  },
});

export function registerSignIn(app: App): void {
  app.openapi(route, async (c) => {
    const { body, headers } = await signIn(c.env, authRequestOf(c), c.req.valid("json"));
    carrySession(c, headers);
    return c.json({ token: body.token, user: accountUserWire(body.user) }, 200);
  });
}
