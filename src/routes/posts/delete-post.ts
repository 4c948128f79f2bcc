import { createRoute } from "@hono/zod-openapi";
import { deletePost } from "../../services/posts/posts.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";
import { postParam } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/posts/{id}",
  operationId: "deletePost",
  tags: ["Feed"],
  summary: "Delete a post of yours",
  description:
    "Its text is gone for good, and its likes and comments are seen no more. Again is a 204 as well.",
  ...SIGNED_IN,
  ...budget(),
  request: { params: postParam },
  responses: { 204: { description: "Deleted" }, ...problems(400, 403, 404, 503) },
});

export function registerDeletePost(app: App): void {
  app.openapi(route, async (c) => {
    await deletePost(ctxOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
}
