import { z } from "@hono/zod-openapi";
import { picturePath } from "../../domain/image.ts";
import {
  FEED_COMMENTS,
  MAX_COMMENT_LENGTH,
  MAX_MENTIONS,
  MAX_POST_IMAGES,
  MAX_POST_LENGTH,
} from "../../domain/post.ts";
import { PRODUCT_LIMITS } from "../../domain/product.ts";
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

/** White space and longer forms of characters go before the code points are counted. */
const UNITS_A_CHARACTER = 4;

function givenText(maxLength: number, description = "") {
  return z
    .string()
    .max(maxLength * UNITS_A_CHARACTER, `Expected at most ${maxLength} characters`)
    .openapi({ description: `At most ${maxLength} code points of plain text. ${description}`.trim() });
}

const mentions = z
  .array(z.strictObject({ from: offset, to: offset, user_id: id }))
  .max(MAX_MENTIONS)
  .default([])
  .openapi({ description: 'Where the text has "@" and the name of a person, and who that is' });

export const NewPostSchema = z
  .strictObject({
    text: givenText(MAX_POST_LENGTH, "It may be left out where there are images.").default(""),
    mentions,
    product_id: z.string().min(1).max(PRODUCT_LIMITS.id).nullable().default(null),
    image_ids: z
      .array(id)
      .max(MAX_POST_IMAGES)
      .refine((ids) => new Set(ids).size === ids.length, "Expected each image once")
      .default([])
      .openapi({ description: "Your own, or of your organisations, in the order they are shown" }),
  })
  .openapi("NewPost", { example: { text: "Look what I found: https://shop.example/lamp" } });

export const NewCommentSchema = z
  .strictObject({ text: givenText(MAX_COMMENT_LENGTH), mentions })
  .openapi("NewComment", { example: { text: "How bright is it?" } });

export function mentionsOf(given: z.output<typeof mentions>) {
  return given.map(({ from, to, user_id: userId }) => ({ from, to, userId }));
}

export const LikeStateSchema = z
  .object({ liked: z.boolean(), like_count: z.int().min(0) })
  .openapi("LikeState");

export const LikerSchema = AuthorSchema.extend({ liked_at: z.iso.datetime() }).openapi("Liker");
