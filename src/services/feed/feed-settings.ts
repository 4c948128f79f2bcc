import type { CachePolicy } from "../../cache/tiered.ts";
import { STANDARD } from "../../domain/experiment.ts";
import { NOTHING_SET, resolve } from "../experiments/resolve.ts";
import type { ResolveCtx, Resolved } from "../experiments/resolve.ts";
import type { Visit } from "../experiments/visit.ts";

export interface FeedSettings {
  limit: number;
  /** As it is, but for what is set. */
  policy: (standard: CachePolicy) => CachePolicy;
  /** For the first page alone: those that follow it count nothing. */
  resolved: Resolved;
}

/** What is set for a page of a feed, whose request may name its size; the first page may be kept for some time. */
export function feedSettings(
  ctx: ResolveCtx,
  { limit, isFirst }: { limit: number | undefined; isFirst: boolean },
  visit: Visit,
): FeedSettings {
  const parameters = [
    ...(limit === undefined ? (["feed_page_size"] as const) : []),
    ...(isFirst ? (["feed_cache_seconds"] as const) : []),
  ];
  const resolved = resolve(ctx, { org: null, query: null, parameters }, visit);
  const { feed_page_size: size = STANDARD.feed_page_size, feed_cache_seconds: seconds } = resolved.values;
  return {
    limit: limit ?? size,
    policy: (standard) => (seconds === undefined ? standard : { ...standard, freshSeconds: seconds }),
    resolved: isFirst ? resolved : NOTHING_SET,
  };
}
