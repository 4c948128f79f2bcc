import { sha256Hex } from "../../domain/digest.ts";
import { requireUser } from "../../domain/access.ts";
import type { Read } from "../../db/client.ts";
import { readOutline, readOwn, readShared } from "../../db/queries/feed-outline.ts";
import type { FeedOutline } from "../../db/queries/feed-outline.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { PageRequest } from "../id-pages.ts";
import { getFeed } from "./feed.ts";
import type { FeedCtx, FeedPage } from "./feed.ts";
import { noteFirstPage } from "./timeline-use.ts";
import { PostParts, postText, showsHidden, withLike } from "./post-parts.ts";
import type { PostText } from "./post-parts.ts";
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
  const parts = new PostParts(ctx.isolate.parts, ctx.clock.now());
  const { outline, texts } = together((read) => {
    const outline = readOutline(read, { viewer, after, limit });
    return { outline, texts: textsOf(read, parts, { viewer, outline }) };
  });
  const { ownSeq, rowsLooked, timelineReadAt } = outline;
  Object.assign(ctx.receipt, { ownSeq, rowsLooked });
  if (after === null) noteFirstPage(ctx, { viewer, rowsLooked, timelineReadAt });
  const { items, nextCursor } = await pageOf(ctx, scope, outline.posts, request.limit);
  const shown = items.map(({ liked }, i) => withLike(texts[i], liked));
  return finished(shown, nextCursor);
}

export async function textOf({ items, nextCursor }: FeedPage): Promise<FeedText> {
  return finished(
    items.map((item) => JSON.stringify(item)),
    nextCursor,
  );
}

async function finished(items: readonly string[], nextCursor: string | null): Promise<FeedText> {
  const body = `{"items":[${items.join(",")}],"next_cursor":${JSON.stringify(nextCursor)}}`;
  return { body, digest: (await sha256Hex(body)).slice(0, DIGEST_DIGITS), nextCursor };
}

/** The texts of an outline's posts, read where they are not kept. Of one state of the database, so that all are there. */
function textsOf(
  read: Read,
  parts: PostParts,
  { viewer, outline }: { viewer: string; outline: FeedOutline },
): PostText[] {
  const { posts } = outline;
  const known = posts.map((post) => parts.find(post, outline));
  const missing = posts.filter((_, i) => known[i] === undefined).map(({ id }) => id);
  const shared = new Map(
    (missing.length === 0 ? [] : readShared(read, missing)).map((post) => [post.id, parts.keep(post)]),
  );
  const found = posts.map(({ id }, i) => known[i] ?? presentOf(shared, id));
  const isOwn = found.map((part) => showsHidden(part, outline));
  const ids = posts.filter((_, i) => isOwn[i]).map(({ id }) => id);
  if (ids.length === 0) return found;
  const own = new Map(readOwn(read, viewer, ids).map((post) => [post.id, postText(post)]));
  return found.map((part, i) => (isOwn[i] ? presentOf(own, posts[i].id) : part));
}

function presentOf<T>(found: ReadonlyMap<string, T>, id: string): T {
  const text = found.get(id);
  if (text === undefined) throw new Error(`The post "${id}" is gone within a transaction`);
  return text;
}
