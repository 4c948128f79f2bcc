import { createRoute, z } from "@hono/zod-openapi";
import { listPostsOf } from "../../services/feed/feed.ts";
import { budget } from "../budget.ts";
import { idParam } from "../friends/schemas.ts";
import { NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, problems, SIGNED_IN } from "../openapi.ts";
import { answerPage, PostPageSchema } from "./page-answer.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/users/{id}/posts",
  operationId: "listPostsOf",
  tags: ["Feed"],
  summary: "A person's posts that you may see, the newest first",
  description:
    "Your own and your friends'; of others, and where a mute hides you from each other, there are none. Who blocks you is " +
    "not there (404).",
  ...SIGNED_IN,
  ...budget(),
  request: { params: idParam, query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(PostPageSchema, "A page of posts"),
    ...NOT_MODIFIED,
    ...problems(400, 403, 404, 503),
  },
});

export function registerListPostsOf(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return answerPage(c, await listPostsOf(ctxOf(c), c.req.valid("param").id, { limit, cursor }));
  });
}
