import { createRoute } from "@hono/zod-openapi";
import { setLike } from "../../services/posts/likes.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, problems, SIGNED_IN, rateClass } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { LikeStateSchema, postParam } from "./schemas.ts";

const shared = {
  path: "/v1/posts/{id}/like",
  tags: ["Feed"],
  ...SIGNED_IN,
  ...budget(),
  ...rateClass("like"),
  request: { params: postParam },
  responses: { 200: jsonBody(LikeStateSchema, "As it is now"), ...problems(400, 403, 404, 503) },
};

export const likeRoute = createRoute({
  ...shared,
  method: "put",
  operationId: "likePost",
  summary: "Like a post",
  description: "Liking it twice counts once.",
});

export const unlikeRoute = createRoute({
  ...shared,
  method: "delete",
  operationId: "unlikePost",
  summary: "Take a like back",
  description: "Where there is none, nothing changes.",
});

export function registerLikePost(app: App): void {
  app.openapi(likeRoute, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await setLike(ctxOf(c), { id, liked: true }), 200, NO_STORE);
  });
  app.openapi(unlikeRoute, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await setLike(ctxOf(c), { id, liked: false }), 200, NO_STORE);
  });
}
