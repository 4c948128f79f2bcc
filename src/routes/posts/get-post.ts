import { createRoute } from "@hono/zod-openapi";
import { getPost } from "../../services/posts/posts.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, problems, SIGNED_IN } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { postParam, PostSchema } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/posts/{id}",
  operationId: "getPost",
  tags: ["Feed"],
  summary: "Read a post",
  description:
    "Your own or a friend's. What is deleted, or hidden from you by a block or a mute of either, is a 404.",
  ...SIGNED_IN,
  ...budget(),
  request: { params: postParam },
  responses: { 200: jsonBody(PostSchema, "The post"), ...problems(400, 403, 404, 503) },
});

export function registerGetPost(app: App): void {
  app.openapi(route, async (c) => {
    return c.json(await getPost(ctxOf(c), c.req.valid("param").id), 200, NO_STORE);
  });
}
