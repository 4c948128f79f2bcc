import { createRoute, z } from "@hono/zod-openapi";
import { deleteComment } from "../../services/posts/comments.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";
import { commentId } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/comments/{id}",
  operationId: "deleteComment",
  tags: ["Feed"],
  summary: "Delete a comment",
  description: "Of yours, or under a post of yours. Again is a 204 as well.",
  ...SIGNED_IN,
  ...budget(),
  request: { params: z.object({ id: commentId }) },
  responses: { 204: { description: "Deleted" }, ...problems(400, 403, 404, 503) },
});

export function registerDeleteComment(app: App): void {
  app.openapi(route, async (c) => {
    await deleteComment(ctxOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
}
