import { createRoute } from "@hono/zod-openapi";
import { createPost } from "../../services/posts/posts.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, problems, SIGNED_IN, rateClass } from "../openapi.ts";
import { mentionsOf, NewPostSchema, PostSchema } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/posts",
  operationId: "createPost",
  tags: ["Feed"],
  summary: "Post for your friends",
  description:
    "A text, images, or both, and a product if you like. White space around the text is dropped, line ends become line feeds, " +
    "and the text is kept in NFC; `entities` says where in it links and mentions are. Images may be on their way still.",
  ...SIGNED_IN,
  ...budget({ trips: 2, messages: 1 }),
  ...rateClass("post"),
  request: { body: jsonInput(NewPostSchema) },
  responses: { 201: jsonBody(PostSchema, "Posted"), ...problems(400, 403, 413, 415, 422, 503) },
});

export function registerCreatePost(app: App): void {
  app.openapi(route, async (c) => {
    const { text, mentions, product_id: productId, image_ids: imageIds } = c.req.valid("json");
    const input = { text, mentions: mentionsOf(mentions), productId, imageIds };
    const post = await createPost(ctxOf(c), input);
    return c.json(post, 201, { Location: `/v1/posts/${post.id}` });
  });
}
