import { requireUser } from "../../domain/access.ts";
import { knownSeq } from "../../domain/consistency-token.ts";
import { isAway } from "../../domain/errors.ts";
import { LAST_RESORT_SECONDS } from "../../domain/last-resort.ts";
import { noteLookup, noteStale } from "../../ports/receipt.ts";
import type { CachePolicy } from "../../cache/tiered.ts";
import { KeptPages } from "./feed-cache-tiers.ts";
import type { FinishedPage, KeptPage, TierCtx } from "./feed-cache-tiers.ts";
import { getFeedText } from "./feed-text.ts";
import type { FeedText, FeedTextCtx } from "./feed-text.ts";

/**
 * How first pages are kept. What may answer is asked of the page itself, whatever tier gave it: tiers may be late, may
 * forget, and may remember for long that there is nothing.
 */
export interface FeedCache {
  policy: CachePolicy;
  /** Of nothing that a request says but its limit. */
  keyOf(viewer: string, limit: number): string;
  /** How many of the viewer's writes the tokens of a request speak of; `null` where none is the viewer's. */
  knownSeq(tokens: readonly string[], viewer: string): number | null;
  /** Whether a page that is young enough may answer this viewer, who knows of so many writes of theirs. */
  mayAnswer(page: KeptPage, viewer: string, known: number): boolean;
  /** A page and, in the receipt, the writes it shows: of one state of the database. */
  read(ctx: FeedTextCtx, limit: number): Promise<FeedText>;
}

/** KV is no tier: a write of it costs more than the rows of the page that it would save (docs/feed.md). */
export const FEED_CACHE: FeedCache = {
  policy: {
    name: "feed",
    freshSeconds: 5,
    staleSeconds: 0,
    shared: ["edge"],
    lastResortSeconds: LAST_RESORT_SECONDS,
  },
  keyOf: (viewer, limit) => `feed:${limit}:${viewer}`,
  knownSeq,
  mayAnswer: (page, viewer, known) => page.viewer === viewer && page.seq >= known,
  read: (ctx, limit) => getFeedText(ctx, { cursor: null, limit }),
};

export interface FirstPageRequest {
  limit: number;
  /** What the client has been told of its own writes; kept pages are only for who brings a token of theirs. */
  tokens: readonly string[];
  /** Whether the client wants it from the database. */
  isFresh: boolean;
}

export type FeedCacheCtx = FeedTextCtx & TierCtx;

/**
 * The first page of one's feed: kept, where the client says which of its writes it knows of and the page shows them all, else
 * read, finished and kept. What others have written may be missing for as long as a page is kept. Every tier fails open. No
 * round trip or one. While the database is away, a page may be as old as the last resort allows, and is noted as stale.
 */
export async function firstPage(
  ctx: FeedCacheCtx,
  { limit, tokens, isFresh }: FirstPageRequest,
  finish: (page: FeedText) => FinishedPage,
  cache: FeedCache = FEED_CACHE,
): Promise<FinishedPage> {
  const { userId: viewer } = requireUser(ctx.actor);
  const pages = new KeptPages(ctx, cache.policy, cache.keyOf(viewer, limit));
  const known = isFresh ? null : cache.knownSeq(tokens, viewer);
  const kept = known === null ? undefined : await pages.find((page) => cache.mayAnswer(page, viewer, known));
  ctx.receipt.cache = kept === undefined ? "miss" : "hit";
  if (kept === undefined) noteLookup(ctx.receipt, cache.policy.name, "fill");
  if (kept !== undefined) {
    ctx.receipt.ownSeq = kept.seq;
    return kept;
  }
  try {
    const readAt = ctx.clock.now();
    const finished = finish(await cache.read(ctx, limit));
    // Nothing tells how many writes an empty page shows, and it is read at once.
    const { ownSeq } = ctx.receipt;
    if (ownSeq !== null) pages.keep({ ...finished, viewer, seq: ownSeq, readAt });
    return finished;
  } catch (error) {
    if (!isAway(error)) throw error;
    // Also without a token; but what a client knows that it wrote is never missing.
    const wrote = cache.knownSeq(tokens, viewer) ?? 0;
    const last = await pages.findLast((page) => cache.mayAnswer(page, viewer, wrote));
    if (last === undefined) throw error;
    ctx.receipt.cache = "stale";
    noteStale(ctx.receipt, last.readAt);
    return last;
  }
}
