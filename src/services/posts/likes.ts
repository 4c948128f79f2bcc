import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { toRfc3339 } from "../../domain/time.ts";
import { listLikes as listRows, setLike as setRow } from "../../db/queries/likes.ts";
import type { LikePosition, LikeRow } from "../../db/queries/likes.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { noteOwnWrite } from "../own-writes.ts";
import { noSuchPost } from "./posts.ts";
import { toWireAuthor } from "./wire-post.ts";
import type { AuthorJson } from "./wire-post.ts";

export interface LikeState {
  liked: boolean;
  like_count: number;
}

/** One who likes a post, and since when. */
export interface LikerJson extends AuthorJson {
  liked_at: string;
}

/** Likes a post or takes the like back; again changes nothing. Throws `not_found`. One round trip. */
export async function setLike(
  ctx: Ctx<"db" | "clock" | "receipt">,
  { id, liked }: { id: string; liked: boolean },
): Promise<LikeState> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const written = await setRow(ctx.db, { id, viewerId, liked, now: ctx.clock.now() });
  const { likeCount } = noteOwnWrite(ctx, written);
  if (likeCount === undefined) throw noSuchPost(id);
  return { liked, like_count: likeCount };
}

/** Who likes a post, the newest first, of those whom nothing hides. Throws `not_found` and `bad_cursor`. One round trip. */
export async function listLikes(
  ctx: Ctx<"db" | "config">,
  id: string,
  { cursor, limit }: PageRequest,
): Promise<Page<LikerJson>> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const scope = `likes:${id}:${viewerId}`;
  const after = cursor === null ? null : await decodeCursor(ctx.config, scope, cursor, readPosition);
  const rows = await listRows(ctx.db, { id, viewerId, after, limit: limit + 1 });
  if (rows === undefined) throw noSuchPost(id);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined
      ? await encodeCursor(ctx.config.secret, scope, positionOf(last))
      : null;
  return { items: shown.map(toWireLiker), nextCursor };
}

function toWireLiker(row: LikeRow): LikerJson {
  return { ...toWireAuthor(row), liked_at: toRfc3339(row.likedAt) };
}

function positionOf({ id, likedAt }: LikeRow): LikePosition {
  return { at: likedAt, userId: id };
}

function readPosition(payload: unknown): LikePosition {
  const { at, userId } = payload as Record<string, unknown>;
  if (typeof at === "number" && typeof userId === "string") return { at, userId };
  throw new TypeError("not a place in the list");
}
