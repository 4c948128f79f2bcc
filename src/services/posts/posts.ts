import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { FieldError } from "../../domain/errors.ts";
import { newIdOnce } from "../../domain/ids.ts";
import { MAX_POST_LENGTH } from "../../domain/post.ts";
import { badText, readPostText } from "../../domain/post-text.ts";
import type { GivenMention } from "../../domain/post-text-mentions.ts";
import { createPost as createRow, deletePost as deleteRow, findPost } from "../../db/queries/posts.ts";
import type { NewPost, PostObstacles } from "../../db/queries/posts.ts";
import { deferWritten, queueing } from "../outbox.ts";
import type { QueueingPorts } from "../outbox.ts";
import { noteOwnWrite } from "../own-writes.ts";
import { strangeMention } from "./strange-mention.ts";
import { toWirePost } from "./wire-post.ts";
import type { PostJson } from "./wire-post.ts";

export interface PostInput {
  text: string;
  mentions: readonly GivenMention[];
  productId: string | null;
  imageIds: readonly string[];
}

/**
 * Posts a text, with or without a product and images, or images alone. Throws `invalid_input` for texts that are not taken,
 * a product, an image or a person that is not there for the author, and `unauthorized` for an account that is gone. One
 * round trip.
 */
export async function createPost(ctx: Ctx<QueueingPorts | "receipt">, input: PostInput): Promise<PostJson> {
  const { userId: authorId } = requireUser(ctx.actor);
  const { productId, imageIds } = input;
  const read = readPostText(input.text, input.mentions, MAX_POST_LENGTH);
  if (read.text === "" && imageIds.length === 0) throw badText("Expected text that can be seen, or an image");
  const id = newIdOnce("post", ctx);
  const post = { id, authorId, ...read, productId, imageIds, ...queueing(ctx) };
  const outcome = noteOwnWrite(ctx, await createRow(ctx.db, post));
  if (outcome.created === null) throw refusalOf(post, outcome.obstacles);
  deferWritten(ctx, outcome.unsent);
  return toWirePost(outcome.created, outcome.created);
}

function refusalOf(post: NewPost, obstacles: PostObstacles): AppError {
  if (obstacles.isAuthorGone) return new AppError("unauthorized", "The account does not exist any more");
  const product = { path: "product_id", message: `There is no product "${post.productId}"` };
  const images = obstacles.images.map(({ at, isFailed }): FieldError => {
    const image = `image "${post.imageIds[at]}"`;
    return {
      path: `image_ids.${at}`,
      message: isFailed ? `The ${image} has failed` : `You have no ${image}`,
    };
  });
  const errors = [
    ...(obstacles.isProductGone ? [product] : []),
    ...images,
    ...obstacles.mentions.map((at) => strangeMention(at, post.mentioned[at])),
  ];
  // It was written for the same key, and deleted since.
  if (errors.length === 0) return noSuchPost(post.id);
  return new AppError("invalid_input", { detail: "The post names what is not there for you", errors });
}

export function noSuchPost(id: string): AppError {
  return new AppError("not_found", `There is no post "${id}"`);
}

/** Throws `not_found` for a post that is deleted, or that the viewer does not see. One round trip. */
export async function getPost(ctx: Ctx<"db">, id: string): Promise<PostJson> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const found = await findPost(ctx.db, { id, viewerId });
  if (found === undefined) throw noSuchPost(id);
  return toWirePost(found, found);
}

/**
 * Its author deletes it, once however often; a tombstone stays. Throws `forbidden` for others who see it, `not_found` for
 * all else. One round trip.
 */
export async function deletePost(ctx: Ctx<"db" | "clock" | "receipt">, id: string): Promise<void> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const { by } = noteOwnWrite(ctx, await deleteRow(ctx.db, { id, viewerId, now: ctx.clock.now() }));
  if (by === "stranger") throw noSuchPost(id);
  if (by === "viewer") throw new AppError("forbidden", "Only its author deletes a post");
}
