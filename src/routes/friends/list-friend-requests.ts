import { createRoute, z } from "@hono/zod-openapi";
import { listFriendRequests } from "../../services/friends/friendships.ts";
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

const direction = z
  .enum(["incoming", "outgoing"])
  .default("incoming")
  .openapi({ description: "`incoming`: who asks you; `outgoing`: whom you have asked" });

export const route = createRoute({
  method: "get",
  path: "/v1/friends/requests",
  operationId: "listFriendRequests",
  tags: ["Feed"],
  summary: "Askings that nobody has answered yet, the newest first",
  ...SIGNED_IN,
  ...budget(),
  request: { query: z.object({ direction, limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("FriendRequestList", FriendSchema), "A page of the others"),
    ...problems(400, 403, 503),
  },
});

export function registerListFriendRequests(app: App): void {
  app.openapi(route, async (c) => {
    const { direction: of, limit, cursor } = c.req.valid("query");
    const page = await listFriendRequests(ctxOf(c), of, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(friendWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
