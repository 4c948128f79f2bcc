import type { Ctx } from "../../deps.ts";
import { readShared, store, type CachePolicy } from "../../cache/tiered.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { AppError } from "../../domain/errors.ts";
import { search } from "../../index/search.ts";
import type { SearchPosition, SearchRequest, Sort } from "../../index/types.ts";

export { SORTS } from "../../index/types.ts";
import { currentSnapshot } from "./current.ts";
import { parseFacets, parseFilters } from "./filters.ts";
import { type SearchPage, toSearchPage } from "./page.ts";

export type SearchCtx = Ctx<
  | "blobs"
  | "clock"
  | "config"
  | "db"
  | "edgeCache"
  | "isolate"
  | "jobs"
  | "kv"
  | "lifetime"
  | "log"
  | "receipt"
>;

export const SEARCH_LIMITS = { query: 512, limit: 100 } as const;

export interface SearchInput {
  /** At most 512 UTF-16 code units. */
  q: string;
  /** As `parseFilters` reads them. */
  filters: readonly string[];
  facets: readonly string[];
  sort: Sort;
  /** 1 to 100. */
  limit: number;
  cursor: string | null;
  explain: boolean;
}

/**
 * Entries carry the index version, so they are never wrong. Pages beyond the first are computed: that takes about as
 * long as a look-up, and they are rarely asked for twice.
 */
const POLICY: CachePolicy = { freshSeconds: 300, staleSeconds: 0, shared: ["edge"] };

/** Searches the products of all organisations. Throws `query_too_long`, `bad_filter`, `bad_cursor`, `unavailable`. */
export async function searchProducts(ctx: SearchCtx, input: SearchInput): Promise<SearchPage> {
  if (input.q.length > SEARCH_LIMITS.query) {
    throw new AppError(
      "query_too_long",
      `A query has at most ${SEARCH_LIMITS.query} characters, not ${input.q.length}`,
    );
  }
  const scope = scopeOf(input);
  const cold = ctx.isolate.index.snapshot === null;
  const { snapshot, degraded } = await currentSnapshot(ctx);
  const key = [snapshot.version, input.limit, input.explain, input.facets.join(), input.cursor, scope].join(
    "|",
  );
  const cached = ctx.isolate.cache.get(key)?.value as SearchPage | undefined;
  if (cached !== undefined && !degraded) {
    ctx.receipt.cache = "hit";
    return cached;
  }
  ctx.receipt.cache = "miss";
  const shareable = input.cursor === null && !input.explain && !degraded;
  if (cold && shareable) {
    const shared = await readShared<SearchPage>(ctx, key, POLICY);
    if (shared !== undefined) {
      ctx.receipt.cache = "hit";
      return shared.value;
    }
  }
  const page = await compute(ctx, input, scope, { snapshot, degraded });
  if (!degraded) store(ctx, key, shareable ? POLICY : { ...POLICY, shared: [] }, page);
  return page;
}

async function compute(
  ctx: SearchCtx,
  input: SearchInput,
  scope: string,
  { snapshot, degraded }: Awaited<ReturnType<typeof currentSnapshot>>,
): Promise<SearchPage> {
  const after =
    input.cursor === null ? null : await decodeCursor(ctx.config.secret, scope, input.cursor, readPosition);
  const request: SearchRequest = {
    query: input.q,
    filters: parseFilters(input.filters),
    facets: parseFacets(input.facets),
    sort: input.sort,
    limit: input.limit,
    after,
    explain: input.explain,
  };
  const started = performance.now();
  const answer = search(snapshot, request);
  const tookMs = performance.now() - started;
  ctx.receipt.searchMs = tookMs;
  const next = answer.next;
  const nextCursor =
    next === null ? null : await encodeCursor(ctx.config.secret, scope, { k: next.key, i: next.id });
  return toSearchPage({
    query: input.q,
    answer,
    nextCursor,
    tookMs,
    indexVersion: snapshot.version,
    degraded,
  });
}

/** What a cursor belongs to: all that decides the order and the set, not the page's size. */
function scopeOf(input: SearchInput): string {
  return JSON.stringify(["search", input.q, input.sort, input.filters]);
}

function readPosition(payload: unknown): SearchPosition {
  const { k, i } = payload as Record<string, unknown>;
  if (typeof k !== "number" || typeof i !== "string") throw new TypeError("not a position");
  return { key: k, id: i };
}
