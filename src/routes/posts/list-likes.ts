import { createRoute, z } from "@hono/zod-openapi";
import { listLikes } from "../../services/posts/likes.ts";
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
import { LikerSchema, postParam } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/posts/{id}/likes",
  operationId: "listLikes",
  tags: ["Feed"],
  summary: "Who likes a post, the newest first",
  description: "Without people hidden from you: there may be fewer than `like_count`.",
  ...SIGNED_IN,
  ...budget(),
  request: { params: postParam, query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("LikerList", LikerSchema), "A page of people"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListLikes(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listLikes(ctxOf(c), c.req.valid("param").id, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items, next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
