import { createRoute, z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import { currentSession } from "../../services/accounts/own-account.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, problems, PUBLIC } from "../openapi.ts";
import { NO_STORE } from "./schemas.ts";

const SessionSchema = z
  .object({
    session: z.object({
      id: z.string(),
      userId: z.string(),
      createdAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
    }),
    user: z.object({ id: z.string(), name: z.string(), email: z.string(), emailVerified: z.boolean() }),
  })
  .nullable()
  .openapi("Session");

export const route = createRoute({
  method: "get",
  path: "/api/auth/get-session",
  operationId: "getSession",
  tags: ["Accounts"],
  summary: "The session that asks",
  description: "`null` without a session, also for keys and for tokens of outside issuers.",
  ...PUBLIC,
  ...budget({ trips: 0 }),
  responses: { 200: jsonBody(SessionSchema, "The session, or null"), ...problems(400, 503) },
});

export function registerGetSession(app: App): void {
  app.openapi(route, async (c) => {
    const found = await currentSession(c.env, c.req.raw.headers);
    if (found === null || found.sessionId === null) return c.json(null, 200, NO_STORE);
    const { userId, name, email, emailVerified, createdAt, expiresAt } = found;
    const session = {
      id: found.sessionId,
      userId,
      createdAt: toRfc3339(createdAt ?? 0),
      expiresAt: toRfc3339(expiresAt ?? 0),
    };
    return c.json({ session, user: { id: userId, name, email, emailVerified } }, 200, NO_STORE);
  });
}
