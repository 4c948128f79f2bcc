import { createRoute } from "@hono/zod-openapi";
import { createComment } from "../../services/posts/comments.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, problems, SIGNED_IN, rateClass } from "../openapi.ts";
import { CommentSchema, mentionsOf, NewCommentSchema, postParam } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/posts/{id}/comments",
  operationId: "createComment",
  tags: ["Feed"],
  summary: "Comment on a post",
  description: "The text is kept as a post's is.",
  ...SIGNED_IN,
  ...budget(),
  ...rateClass("post"),
  request: { params: postParam, body: jsonInput(NewCommentSchema) },
  responses: { 201: jsonBody(CommentSchema, "Commented"), ...problems(400, 403, 404, 413, 415, 422, 503) },
});

export function registerCreateComment(app: App): void {
  app.openapi(route, async (c) => {
    const { text, mentions } = c.req.valid("json");
    const { id: postId } = c.req.valid("param");
    return c.json(await createComment(ctxOf(c), { postId, text, mentions: mentionsOf(mentions) }), 201);
  });
}
