import { z } from "@hono/zod-openapi";
import { picturePath } from "../../domain/image.ts";
import { FEED_COMMENTS } from "../../domain/post.ts";
import { MoneySchema } from "../openapi.ts";

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "Expected an id");

export const postId = id.openapi({ example: "post_019b7ca98c8870b4808e96fd1b3df43e" });
export const commentId = id.openapi({ example: "comment_019b7ca98c8870b4808e96fd1b3df43e" });
export const postParam = z.object({ id: postId });

export const AuthorSchema = z
  .object({ id: z.string(), name: z.string(), avatar_url: z.string().nullable() })
  .openapi("Author");

const offset = z
  .int()
  .min(0)
  .openapi({ description: "In UTF-16 code units of the text, as JavaScript counts" });

export const TextEntitySchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("link"), from: offset, to: offset, url: z.string() }),
    z.object({ kind: z.literal("mention"), from: offset, to: offset, user_id: z.string() }),
  ])
  .openapi("TextEntity", { description: "What a part of the text stands for; parts do not overlap" });

const text = z.string().openapi({ description: "Plain text, never HTML" });
const entities = z.array(TextEntitySchema).openapi({ description: "In the order of the text" });

export const CommentSchema = z
  .object({ id: commentId, author: AuthorSchema, text, entities, created_at: z.iso.datetime() })
  .openapi("Comment");

const PostProductSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    price: MoneySchema.nullable(),
    image_url: z.string().nullable(),
  })
  .openapi("PostProduct");

const picture = z.string().openapi({ example: picturePath("img_019b7ca98c88", "medium") });

const PostImageSchema = z
  .object({
    id: z.string(),
    width: z.int().openapi({ description: "Pixels" }),
    height: z.int().openapi({ description: "Pixels" }),
    thumbhash: z.string().nullable().openapi({ description: "A placeholder in base64, once it is ready" }),
    url: z.object({ thumb: picture, medium: picture, large: picture }),
  })
  .openapi("PostImage");

export const PostSchema = z
  .object({
    id: postId,
    author: AuthorSchema,
    text,
    entities,
    product: PostProductSchema.nullable(),
    images: z.array(PostImageSchema),
    like_count: z.int().min(0),
    comment_count: z.int().min(0),
    liked: z.boolean().openapi({ description: "Whether you like it" }),
    comments: z.array(CommentSchema).max(FEED_COMMENTS).openapi({ description: "The newest first" }),
    created_at: z.iso.datetime(),
    version: z.int().openapi({ description: "Grows with its counts, its comments and its end" }),
  })
  .openapi("Post");
