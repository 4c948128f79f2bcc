import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { readFeed, readPostsOf } from "../../db/queries/feed.ts";
import type { FeedRows } from "../../db/queries/feed.ts";
import { noSuchPerson, viewerOf } from "../friends/pair.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { noteFirstPage } from "./timeline-use.ts";
import type { TimelineUsePorts } from "./timeline-use.ts";
import { toWirePost } from "../posts/wire-post.ts";
import type { PostJson } from "../posts/wire-post.ts";

export type FeedPage = Page<PostJson>;
type PostsCtx = Ctx<"db" | "config" | "receipt">;
/** A first page may ask for a timeline, after the response. */
export type FeedCtx = PostsCtx & Ctx<TimelineUsePorts>;

/**
 * One's own posts and those of friends whom neither side hides, the newest first. Posts keep their place: read to the end,
 * each that was seen all the while comes exactly once. Throws `bad_cursor`. One round trip.
 */
export async function getFeed(ctx: FeedCtx, { cursor, limit }: PageRequest): Promise<FeedPage> {
  const { userId: viewer } = requireUser(ctx.actor);
  const scope = `feed:${viewer}`;
  const after = await afterOf(ctx, scope, cursor);
  // One more than the page tells whether another follows.
  const rows = await readFeed(ctx.db, { viewer, after, limit: limit + 1 });
  ctx.receipt.ownSeq = rows.ownSeq;
  if (after === null) noteFirstPage(ctx, { viewer, ...rows });
  return presented(ctx, scope, rows, limit);
}

/**
 * A person's posts as far as one sees them, the newest first: none of who is no friend, or hidden by a mute. Throws
 * `not_found` for nobody and for who blocks one, and `bad_cursor`. One round trip.
 */
export async function listPostsOf(
  ctx: PostsCtx,
  author: string,
  { cursor, limit }: PageRequest,
): Promise<FeedPage> {
  const viewer = viewerOf(ctx);
  const scope = `posts-of:${JSON.stringify([viewer.viewer, author])}`;
  const after = await afterOf(ctx, scope, cursor);
  const rows = await readPostsOf(ctx.db, { ...viewer, other: author }, { after, limit: limit + 1 });
  if (rows === undefined) throw noSuchPerson(author);
  return presented(ctx, scope, rows, limit);
}

async function presented(ctx: PostsCtx, scope: string, rows: FeedRows, limit: number): Promise<FeedPage> {
  ctx.receipt.rowsLooked = rows.rowsLooked;
  const { items, nextCursor } = await pageOf(ctx, scope, rows.posts, limit);
  return { items: items.map((post) => toWirePost(post, post)), nextCursor };
}
