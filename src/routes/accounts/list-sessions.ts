import { createRoute, z } from "@hono/zod-openapi";
import { listOwnSessions } from "../../services/accounts/own-account.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  limitParam,
  listOf,
  problems,
  SIGNED_IN,
} from "../openapi.ts";
import { NO_STORE, OwnSessionSchema, ownSessionWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/me/sessions",
  operationId: "listOwnSessions",
  tags: ["Accounts"],
  summary: "One's own sessions, the oldest first",
  ...SIGNED_IN,
  ...budget(),
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("OwnSessionList", OwnSessionSchema), "A page of sessions that have not expired"),
    ...problems(400, 403, 503),
  },
});

export function registerListSessions(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listOwnSessions(ctxOf(c), { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(ownSessionWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
