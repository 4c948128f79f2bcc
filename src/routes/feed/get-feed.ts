import { createRoute, z } from "@hono/zod-openapi";
import { getFeed } from "../../services/feed/feed.ts";
import { NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, problems, SIGNED_IN } from "../openapi.ts";
import { answerPage, PostPageSchema } from "./page-answer.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/feed",
  operationId: "getFeed",
  tags: ["Feed"],
  summary: "Your own posts and your friends', the newest first",
  description:
    "Without posts of people whom you block or mute, or who block or mute you. Pages are full while more posts exist; read " +
    "to the end, each post that you may see all the while comes exactly once, whatever is written meanwhile. New posts " +
    "stand before the first page: read it again.",
  ...SIGNED_IN,
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(PostPageSchema, "A page of posts"),
    ...NOT_MODIFIED,
    ...problems(400, 403, 503),
  },
});

export function registerGetFeed(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return answerPage(c, await getFeed(ctxOf(c), { limit, cursor }));
  });
}
