import type { Ctx } from "../../deps.ts";
import { type CachePolicy, readShared, share } from "../../cache/tiered.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { AppError } from "../../domain/errors.ts";
import { search } from "../../index/search.ts";
import { noteLookup, noteStale } from "../../ports/receipt.ts";
import type { SearchPosition, SearchRequest, Sort } from "../../index/types.ts";

export { SORTS } from "../../index/types.ts";
import { announcedVersion, type Current, currentSnapshot } from "./current.ts";
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

/** What memory keeps of a page: its JSON. It goes to the data centre's cache when it is asked for a second time. */
interface Kept {
  json: string;
  nextCursor: string | null;
  indexVersion: string;
  shared: boolean;
}

/**
 * Entries carry the index version, so they are never wrong. KV is left out: a search takes less time than its look-up,
 * and each new version would pay for new writes.
 */
const POLICY: CachePolicy = { name: "search", freshSeconds: 300, staleSeconds: 0, shared: ["edge"] };

/** A page as JSON, which a cached answer is not parsed from, and what its headers say. */
export interface SearchResult {
  json: string;
  nextCursor: string | null;
  indexVersion: string;
  degraded: boolean;
  /** Under which memory keeps it once it was asked for twice; `null` where it does not. */
  key: string | null;
  readonly page: SearchPage;
}

/** Searches the products of all organisations. Throws `query_too_long`, `bad_filter`, `bad_cursor`, `unavailable`. */
export async function searchProducts(ctx: SearchCtx, input: SearchInput): Promise<SearchResult> {
  if (input.q.length > SEARCH_LIMITS.query) {
    throw new AppError(
      "query_too_long",
      `A query has at most ${SEARCH_LIMITS.query} characters, not ${input.q.length}`,
    );
  }
  const scope = scopeOf(input);
  const shareable = input.cursor === null && !input.explain;
  const early = shareable ? await readEarly(ctx, input, scope) : undefined;
  if (early !== undefined) return early;
  const current = await currentSnapshot(ctx);
  if (current.degraded) noteLastCheck(ctx);
  const key = keyOf(current.version, input, scope);
  const kept = current.degraded ? undefined : ctx.isolate.cache.get(key)?.value;
  ctx.receipt.indexVersion = current.version;
  noteLookup(ctx.receipt, POLICY.name, isKept(kept) ? "memory" : "fill");
  if (isKept(kept)) {
    ctx.receipt.cache = "hit";
    if (shareable && !kept.shared) share(ctx, key, POLICY, JSON.parse(kept.json));
    kept.shared = true;
    return fromKept(kept, key);
  }
  ctx.receipt.cache = "miss";
  const made = resultOf(await compute(ctx, input, scope, current));
  if (!current.degraded) {
    const { json, nextCursor, indexVersion } = made;
    const entry: Kept = { json, nextCursor, indexVersion, shared: false };
    ctx.isolate.cache.set(key, entry, (json.length + key.length) * 2, ctx.clock.now());
  }
  return made;
}

/** The changes since then may be missing. */
export function noteLastCheck({ isolate, receipt }: Pick<SearchCtx, "isolate" | "receipt">): void {
  const { checkedAt } = isolate.index;
  if (Number.isFinite(checkedAt)) noteStale(receipt, checkedAt);
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "json" in value && "shared" in value;
}

function resultOf(page: SearchPage): SearchResult {
  const { next_cursor: nextCursor, index_version: indexVersion, degraded = false } = page;
  return { json: JSON.stringify(page), nextCursor, indexVersion, degraded, key: null, page };
}

/** The answer of an entry of the cache; `null` for anything else. */
export function keptResult(value: unknown, key: string): SearchResult | null {
  return isKept(value) ? fromKept(value, key) : null;
}

function fromKept({ json, nextCursor, indexVersion }: Kept, key: string): SearchResult {
  return {
    json,
    nextCursor,
    indexVersion,
    degraded: false,
    key,
    get page() {
      return JSON.parse(json) as SearchPage;
    },
  };
}

/** An isolate that is still loading the index answers what another has answered at the version it is loading. */
async function readEarly(
  ctx: SearchCtx,
  input: SearchInput,
  scope: string,
): Promise<SearchResult | undefined> {
  const version = await announcedVersion(ctx);
  if (version === null) return undefined;
  const found = await readShared<SearchPage>(ctx, keyOf(version, input, scope), POLICY);
  if (found === undefined) return undefined;
  ctx.receipt.cache = "hit";
  ctx.receipt.indexVersion = version;
  return resultOf(found.value);
}

async function compute(
  ctx: SearchCtx,
  input: SearchInput,
  scope: string,
  { snapshot, synonyms, version, degraded }: Current,
): Promise<SearchPage> {
  const after =
    input.cursor === null ? null : await decodeCursor(ctx.config, scope, input.cursor, readPosition);
  const request: SearchRequest = {
    query: input.q,
    filters: parseFilters(input.filters),
    facets: parseFacets(input.facets),
    sort: input.sort,
    limit: input.limit,
    after,
    explain: input.explain,
    synonyms,
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
    indexVersion: version,
    degraded,
  });
}

function keyOf(version: string, { limit, explain, facets, cursor }: SearchInput, scope: string): string {
  return `search|${version}|${limit}|${explain}|${facets.join()}|${cursor ?? ""}|${scope}`;
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
