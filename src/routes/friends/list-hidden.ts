import { createRoute, z } from "@hono/zod-openapi";
import type { HidingKind } from "../../domain/post.ts";
import { listHidden } from "../../services/friends/hidings.ts";
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
import { HIDING_WORDS } from "./hiding-words.ts";
import { FriendSchema, friendWire } from "./schemas.ts";

function routeOf(kind: HidingKind) {
  const { path, verb, list, listName } = HIDING_WORDS[kind];
  return createRoute({
    method: "get",
    path,
    operationId: list,
    tags: ["Feed"],
    summary: `Whom you ${verb}, the newest first`,
    ...SIGNED_IN,
    ...budget(),
    request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
    responses: {
      200: jsonBody(listOf(listName, FriendSchema), "A page of people"),
      ...problems(400, 403, 503),
    },
  });
}

export function registerListHidden(app: App, kind: HidingKind): void {
  app.openapi(routeOf(kind), async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listHidden(ctxOf(c), kind, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(friendWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
