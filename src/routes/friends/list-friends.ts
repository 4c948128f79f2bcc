import { createRoute, z } from "@hono/zod-openapi";
import { listFriends } from "../../services/friends/friendships.ts";
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
import { NO_STORE } from "../orgs/schemas.ts";
import { FriendSchema, friendWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/friends",
  operationId: "listFriends",
  tags: ["Feed"],
  summary: "Your friends, the newest first",
  ...SIGNED_IN,
  ...budget(),
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("FriendList", FriendSchema), "A page of friends"),
    ...problems(400, 403, 503),
  },
});

export function registerListFriends(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listFriends(ctxOf(c), { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(friendWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
