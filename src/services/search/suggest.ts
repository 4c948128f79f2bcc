import { AppError } from "../../domain/errors.ts";
import { suggest } from "../../index/suggest.ts";
import type { Suggestion } from "../../index/types.ts";
import { noteLookup } from "../../ports/receipt.ts";
import { currentSnapshot } from "./current.ts";
import { noteLastCheck, SEARCH_LIMITS, type SearchCtx } from "./search.ts";

const MAX_SUGGESTIONS = 10;

export interface SuggestPage {
  query: string;
  items: readonly Suggestion[];
  index_version: string;
  degraded?: true;
}

/** Up to ten completions, from the first letter. */
export async function suggestProducts(ctx: SearchCtx, q: string): Promise<SuggestPage> {
  if (q.length > SEARCH_LIMITS.query) {
    throw new AppError(
      "query_too_long",
      `A query has at most ${SEARCH_LIMITS.query} characters, not ${q.length}`,
    );
  }
  const { snapshot, version, degraded } = await currentSnapshot(ctx);
  if (degraded) noteLastCheck(ctx);
  const key = `${version}|suggest|${q}`;
  const cached = ctx.isolate.cache.get(key)?.value as SuggestPage | undefined;
  ctx.receipt.indexVersion = version;
  noteLookup(ctx.receipt, "suggest", cached !== undefined && !degraded ? "memory" : "fill");
  if (cached !== undefined && !degraded) {
    ctx.receipt.cache = "hit";
    return cached;
  }
  ctx.receipt.cache = "miss";
  const started = performance.now();
  const items = suggest(snapshot, q, MAX_SUGGESTIONS);
  ctx.receipt.searchMs = performance.now() - started;
  const page = {
    query: q,
    items,
    index_version: version,
    ...(degraded ? { degraded: true as const } : {}),
  };
  if (!degraded) ctx.isolate.cache.set(key, page, JSON.stringify(page).length * 2, ctx.clock.now());
  return page;
}
