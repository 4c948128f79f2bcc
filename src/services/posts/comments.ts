import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newIdOnce } from "../../domain/ids.ts";
import { MAX_COMMENT_LENGTH } from "../../domain/post.ts";
import { badText, readPostText } from "../../domain/post-text.ts";
import type { GivenMention } from "../../domain/post-text-mentions.ts";
import {
  createComment as createRow,
  deleteComment as deleteRow,
  listComments as listRows,
} from "../../db/queries/comments.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { noteOwnWrite } from "../own-writes.ts";
import { noSuchPost } from "./posts.ts";
import { strangeMention } from "./strange-mention.ts";
import { toWireComment } from "./wire-post.ts";
import type { CommentJson } from "./wire-post.ts";

export interface CommentInput {
  postId: string;
  text: string;
  mentions: readonly GivenMention[];
}

/**
 * Comments on a post. Throws `not_found` where its author does not see the post, `invalid_input` for texts that are not
 * taken and people who are not there for them. One round trip.
 */
export async function createComment(
  ctx: Ctx<"db" | "clock" | "receipt">,
  { postId, text, mentions }: CommentInput,
): Promise<CommentJson> {
  const { userId: authorId } = requireUser(ctx.actor);
  const read = readPostText(text, mentions, MAX_COMMENT_LENGTH);
  if (read.text === "") throw badText("Expected text that can be seen");
  const id = newIdOnce("comment", ctx);
  const comment = { id, postId, authorId, ...read, now: ctx.clock.now() };
  const outcome = noteOwnWrite(ctx, await createRow(ctx.db, comment));
  if (outcome.created !== null) return toWireComment(outcome.created);
  if (!outcome.obstacles.isPostSeen) throw noSuchPost(postId);
  const errors = outcome.obstacles.mentions.map((at) => strangeMention(at, read.mentioned[at]));
  throw new AppError("invalid_input", { detail: "The comment names who is not there for you", errors });
}

/** The newest first, of those whom nothing hides from the viewer. Throws `not_found` and `bad_cursor`. One round trip. */
export async function listComments(
  ctx: Ctx<"db" | "config">,
  id: string,
  { cursor, limit }: PageRequest,
): Promise<Page<CommentJson>> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const scope = `comments:${id}:${viewerId}`;
  const before = await afterOf(ctx, scope, cursor);
  const rows = await listRows(ctx.db, { id, viewerId, before, limit: limit + 1 });
  if (rows === undefined) throw noSuchPost(id);
  return pageOf(ctx, scope, rows.map(toWireComment), limit);
}

/**
 * Its author or the post's deletes it, once however often, seen or not. Throws `forbidden` for others who see it,
 * `not_found` for all else. One round trip.
 */
export async function deleteComment(ctx: Ctx<"db" | "clock" | "receipt">, id: string): Promise<void> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const { by } = noteOwnWrite(ctx, await deleteRow(ctx.db, { id, viewerId, now: ctx.clock.now() }));
  if (by === "stranger") throw new AppError("not_found", `There is no comment "${id}"`);
  if (by === "viewer") throw new AppError("forbidden", "Only its author and the post's delete a comment");
}
