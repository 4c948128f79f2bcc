import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../domain/errors.ts";
import { verifyEmail } from "../../services/accounts/mailed-links.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, problems, PUBLIC, rateClass } from "../openapi.ts";
import { authRequestOf, NO_STORE, StatusSchema } from "./schemas.ts";

/** A path of this origin: `//other.example` and `/\other.example` are not. */
const callbackURL = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\s\\]*$/, "Expected a path that begins with one slash")
  .optional()
  .openapi({ description: "The path to go on to; `error` is added where the link does not hold" });

export const route = createRoute({
  method: "get",
  path: "/api/auth/verify-email",
  operationId: "verifyEmail",
  tags: ["Accounts"],
  summary: "Confirm an e-mail address with a mailed link",
  ...PUBLIC,
  ...budget({ trips: 3, cpu: "medium" }),
  ...rateClass("sensitive"),
  request: { query: z.object({ token: z.string().min(1).max(2_000), callbackURL }) },
  responses: {
    200: jsonBody(StatusSchema, "Confirmed"),
    302: { description: "Confirmed, or not: on to `callbackURL`" },
    ...problems(400, 503),
  },
});

function withError(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}error=invalid_link`;
}

export function registerVerifyEmail(app: App): void {
  app.openapi(route, async (c) => {
    const { token, callbackURL: next } = c.req.valid("query");
    c.header("Cache-Control", "no-store");
    try {
      await verifyEmail(c.env, authRequestOf(c), token);
    } catch (error) {
      const isBadLink = error instanceof AppError && error.code === "bad_request";
      if (next === undefined || !isBadLink) throw error;
      return c.redirect(withError(next), 302);
    }
    return next === undefined ? c.json({ status: true as const }, 200, NO_STORE) : c.redirect(next, 302);
  });
}
