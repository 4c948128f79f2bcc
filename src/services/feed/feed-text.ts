import { sha256Hex, sha256HexOfShort } from "../../domain/digest.ts";
import { requireUser } from "../../domain/access.ts";
import type { Read } from "../../db/client.ts";
import { readOutline, readOwn, readShared } from "../../db/queries/feed-outline.ts";
import type { FeedOutline } from "../../db/queries/feed-outline.ts";
import { fromFriends, MANY_FRIENDS } from "../../db/queries/feed-skeleton.ts";
import type { Skeleton } from "../../db/queries/feed-skeleton.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { PageRequest } from "../id-pages.ts";
import { getFeed } from "./feed.ts";
import type { FeedCtx, FeedPage } from "./feed.ts";
import { noteFirstPage } from "./timeline-use.ts";
import { PostParts, postText, showsHidden, withLike } from "./post-parts.ts";
import type { PostPart, PostText } from "./post-parts.ts";
import type { Deps } from "../../deps.ts";

/** A page as JSON. */
export interface FeedText {
  body: string;
  /** Of the page, in hexadecimal. */
  digest: string;
  nextCursor: string | null;
}

export type FeedTextCtx = FeedCtx & Pick<Deps, "isolate">;

const DIGEST_DIGITS = 32;
const FEW_BYTES = 100;

/**
 * As `getFeed`, as text. Where the database is in this process, posts that were read a moment ago and have not changed are
 * not read again: their text is kept. Where it is not, one statement reads all. One round trip.
 */
export async function getFeedText(ctx: FeedTextCtx, request: PageRequest): Promise<FeedText> {
  const { together } = ctx.db;
  if (together === undefined) return textOf(await getFeed(ctx, request));
  const { userId: viewer } = requireUser(ctx.actor);
  const scope = `feed:${viewer}`;
  const after = await afterOf(ctx, scope, request.cursor);
  const limit = request.limit + 1;
  const parts = new PostParts(ctx.isolate.feedParts, ctx.clock.now());
  const { outline, texts } = together((read) => {
    const outline = readOutline(read, { viewer, after, limit }, skeletonFor(ctx, viewer));
    return { outline, texts: textsOf(read, parts, { viewer, outline }) };
  });
  noteFriends(ctx, viewer, outline);
  const { ownSeq, rowsLooked, timelineReadAt } = outline;
  Object.assign(ctx.receipt, { ownSeq, rowsLooked });
  if (after === null) noteFirstPage(ctx, { viewer, rowsLooked, timelineReadAt });
  const { items, nextCursor } = await pageOf(ctx, scope, outline.posts, request.limit);
  const shown = items.map(({ liked }, i) => withLike(texts[i], liked));
  // Of what the page is made of, not of the page: its text is twenty times as long. The cursor is one viewer's.
  const marks = items.map(({ liked }, i) => `${texts[i].digest}${liked ? "+" : "-"}`);
  const digest = sha256HexOfShort(`${marks.join("")}${nextCursor ?? "."}`);
  return { body: bodyOf(shown, nextCursor), digest: digest.slice(0, DIGEST_DIGITS), nextCursor };
}

export async function textOf({ items, nextCursor }: FeedPage): Promise<FeedText> {
  const body = bodyOf(
    items.map((item) => JSON.stringify(item)),
    nextCursor,
  );
  return { body, digest: (await sha256Hex(body)).slice(0, DIGEST_DIGITS), nextCursor };
}

function bodyOf(items: readonly string[], nextCursor: string | null): string {
  return `{"items":[${items.join(",")}],"next_cursor":${JSON.stringify(nextCursor)}}`;
}

function fewKey(viewer: string): string {
  return `few:${viewer}`;
}

/** All give the same page: who had few friends and no timeline a moment ago is not asked about either first. */
function skeletonFor({ isolate }: FeedTextCtx, viewer: string): Skeleton | undefined {
  return isolate.feedParts.get(fewKey(viewer)) === true ? fromFriends : undefined;
}

function noteFriends(
  { isolate }: FeedTextCtx,
  viewer: string,
  { rowsLooked, timelineReadAt }: FeedOutline,
): void {
  const hasFew = timelineReadAt === null && rowsLooked !== null && rowsLooked < MANY_FRIENDS;
  const key = fewKey(viewer);
  if (hasFew !== (isolate.feedParts.get(key) === true))
    isolate.feedParts.set(key, hasFew, key.length * 2 + FEW_BYTES);
}

/** The texts of an outline's posts, read where they are not kept. Of one state of the database, so that all are there. */
function textsOf(
  read: Read,
  parts: PostParts,
  { viewer, outline }: { viewer: string; outline: FeedOutline },
): PostText[] {
  const { posts } = outline;
  const found = partsOf(read, parts, outline);
  if (outline.hidden?.size === 0) return found;
  const isOwn = found.map((part) => showsHidden(part, outline));
  const ids = posts.filter((_, i) => isOwn[i]).map(({ id }) => id);
  if (ids.length === 0) return found;
  const own = new Map(readOwn(read, viewer, ids).map((post) => [post.id, postText(post)]));
  return found.map((part, i) => (isOwn[i] ? presentOf(own, posts[i].id) : part));
}

function partsOf(read: Read, parts: PostParts, outline: FeedOutline): PostPart[] {
  const { posts } = outline;
  const known = posts.map((post) => parts.find(post, outline));
  const missing = posts.filter((_, i) => known[i] === undefined).map(({ id }) => id);
  const kept = missing.length === 0 ? [] : readShared(read, missing);
  const shared = new Map(kept.map((post) => [post.id, parts.keep(post)]));
  return posts.map(({ id }, i) => known[i] ?? presentOf(shared, id));
}

function presentOf<T>(found: ReadonlyMap<string, T>, id: string): T {
  const text = found.get(id);
  if (text === undefined) throw new Error(`The post "${id}" is gone within a transaction`);
  return text;
}
