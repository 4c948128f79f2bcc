import { sha256Hex, sha256HexOfShort } from "../../domain/digest.ts";
import { requireUser } from "../../domain/access.ts";
import type { Read } from "../../db/client.ts";
import { readOutline, readOwn, readShared } from "../../db/queries/feed-outline.ts";
import type { FeedOutline, LookedIn } from "../../db/queries/feed-outline.ts";
import type { HydratedPost } from "../../db/queries/post-hydration.ts";
import { MANY_FRIENDS } from "../../db/queries/feed-skeleton.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { PageRequest } from "../id-pages.ts";
import { getFeed } from "./feed.ts";
import type { FeedCtx, FeedPage } from "./feed.ts";
import { noteFirstPage } from "./timeline-use.ts";
import { isOf, PostParts, postText, showsHidden, withLike } from "./post-parts.ts";
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
  const find = (read: Read) => {
    const outline = readOutline(read, { viewer, after, limit }, lookedInFor(ctx, viewer));
    return { outline, texts: textsOf(read, parts, { viewer, outline }) };
  };
  const found = together(find, false);
  // Where another process has written meanwhile, all is read again, of one state.
  const { outline, texts } = found.texts === null ? together(find, true) : found;
  if (texts === null) throw new Error(`A feed's posts changed within a transaction`);
  noteFriends(ctx, viewer, outline);
  const { posts, rowsLooked, timelineReadAt } = outline;
  // As where one statement reads all: a page without posts does not say how many writes it shows.
  const ownSeq = posts.length === 0 ? null : outline.ownSeq;
  Object.assign(ctx.receipt, { ownSeq, rowsLooked });
  if (after === null) noteFirstPage(ctx, { viewer, rowsLooked, timelineReadAt });
  const { items, nextCursor } = await pageOf(ctx, scope, posts, request.limit);
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
function lookedInFor({ isolate }: FeedTextCtx, viewer: string): LookedIn {
  return isolate.feedParts.get(fewKey(viewer)) === true ? "friends" : "timeline";
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

/** The texts of an outline's posts, read where they are not kept; `null` where one is no more what the outline has it to be. */
function textsOf(
  read: Read,
  parts: PostParts,
  { viewer, outline }: { viewer: string; outline: FeedOutline },
): PostText[] | null {
  const { posts, hidden } = outline;
  const found = partsOf(read, parts, outline);
  if (found === null || hidden?.size === 0) return found;
  const isOwn = found.map((part) => showsHidden(part, outline));
  const others = posts.filter((_, i) => isOwn[i]);
  if (others.length === 0) return found;
  const ids = others.map(({ id }) => id);
  const own = new Map(readOwn(read, viewer, ids).map((post) => [post.id, post]));
  if (others.some(({ id, version }) => own.get(id)?.version !== version)) return null;
  return found.map((part, i) => textOfOwn(own.get(posts[i].id)) ?? part);
}

function textOfOwn(post: HydratedPost | undefined): PostText | undefined {
  return post && postText(post);
}

function partsOf(read: Read, parts: PostParts, outline: FeedOutline): PostPart[] | null {
  const { posts } = outline;
  const found: PostPart[] = [];
  const missing: number[] = [];
  for (const [i, post] of posts.entries()) {
    const part = parts.find(post, outline);
    if (part === undefined) missing.push(i);
    else found[i] = part;
  }
  if (missing.length === 0) return found;
  const ids = missing.map((i) => posts[i].id);
  const shared = new Map(readShared(read, ids).map((post) => [post.id, parts.keep(post)]));
  for (const i of missing) {
    const part = shared.get(posts[i].id);
    if (part === undefined || !isOf(posts[i], part)) return null;
    found[i] = part;
  }
  return found;
}
