import { createRoute, z } from "@hono/zod-openapi";
import { signOut } from "../../services/accounts/sign-out.ts";
import { budget } from "../budget.ts";
import { refuseCrossSite } from "../middleware/csrf.ts";
import { type App, jsonBody, problems, PUBLIC } from "../openapi.ts";
import { authRequestOf, carrySession } from "./schemas.ts";

const SignedOutSchema = z.object({ success: z.literal(true) }).openapi("SignedOut");

export const route = createRoute({
  method: "post",
  path: "/api/auth/sign-out",
  operationId: "signOut",
  tags: ["Accounts"],
  summary: "Sign out",
  description:
    "Ends the session that asks: it is refused everywhere within a minute. Without one, nothing changes.",
  ...PUBLIC,
  ...budget({ trips: 5 }, "The steps are Better Auth's"),
  responses: { 200: jsonBody(SignedOutSchema, "Signed out"), ...problems(400, 403, 503) },
});

export function registerSignOut(app: App): void {
  app.openapi(route, async (c) => {
    refuseCrossSite(c);
    const { body, headers } = await signOut(c.env, authRequestOf(c));
    carrySession(c, headers);
    return c.json(body, 200);
  });
}
