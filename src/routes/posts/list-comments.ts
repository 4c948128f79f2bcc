import { createRoute, z } from "@hono/zod-openapi";
import { listComments } from "../../services/posts/comments.ts";
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
import { CommentSchema, postParam } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/posts/{id}/comments",
  operationId: "listComments",
  tags: ["Feed"],
  summary: "Comments on a post, the newest first",
  description: "Without those of people hidden from you: there may be fewer than `comment_count`.",
  ...SIGNED_IN,
  ...budget(),
  request: { params: postParam, query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("CommentList", CommentSchema), "A page of comments"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListComments(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listComments(ctxOf(c), c.req.valid("param").id, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items, next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
