import type { Ctx } from "../../deps.ts";
import { type CachePolicy, readShared, share } from "../../cache/tiered.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { AppError } from "../../domain/errors.ts";
import { STANDARD } from "../../domain/experiment.ts";
import { search } from "../../index/search.ts";
import { noteLookup, noteStale } from "../../ports/receipt.ts";
import type { SearchRequest } from "../../index/types.ts";
import type { Resolved } from "../experiments/resolve.ts";
import { fromKept, isKept, resultOf } from "./kept.ts";
import type { Kept, SearchResult } from "./kept.ts";
import type { SearchInput } from "./input.ts";
import { limitOf, NOBODY, placePayload, readPlace, settingsOf } from "./settings.ts";
import type { WhoAsks } from "./settings.ts";

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

export type { SearchInput } from "./input.ts";

/**
 * Entries carry the index version, so they are never wrong. KV is left out: a search takes less time than its look-up,
 * and each new version would pay for new writes.
 */
const POLICY: CachePolicy = { name: "search", freshSeconds: 300, staleSeconds: 0, shared: ["edge"] };

/**
 * Searches the products of all organisations; `visit` tells who asks, for experiments. Throws
 * `query_too_long`, `bad_filter`, `bad_cursor`, `unavailable`.
 */
export async function searchProducts(
  ctx: SearchCtx,
  input: SearchInput,
  visit: WhoAsks = NOBODY,
): Promise<SearchResult> {
  if (input.q.length > SEARCH_LIMITS.query) {
    throw new AppError(
      "query_too_long",
      `A query has at most ${SEARCH_LIMITS.query} characters, not ${input.q.length}`,
    );
  }
  const scope = scopeOf(input);
  const shareable = input.cursor === null && !input.explain;
  const early = shareable ? await readEarly(ctx, input, scope, visit) : undefined;
  if (early !== undefined) return early;
  const current = await currentSnapshot(ctx);
  if (current.degraded) noteLastCheck(ctx);
  const resolved = settingsOf(ctx, input, visit);
  const key = keyOf(current.version, input, scope, resolved);
  const kept = current.degraded ? undefined : ctx.isolate.cache.get(key)?.value;
  ctx.receipt.indexVersion = current.version;
  noteLookup(ctx.receipt, POLICY.name, isKept(kept) ? "memory" : "fill");
  if (isKept(kept)) {
    ctx.receipt.cache = "hit";
    if (shareable && !kept.shared) share(ctx, key, POLICY, JSON.parse(kept.json));
    kept.shared = true;
    return fromKept(kept, key, resolved);
  }
  ctx.receipt.cache = "miss";
  const made = resultOf(await compute(ctx, { input, scope, resolved }, current), resolved);
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

/** An isolate that is still loading the index answers what another has answered at the version it is loading. */
async function readEarly(
  ctx: SearchCtx,
  input: SearchInput,
  scope: string,
  visit: WhoAsks,
): Promise<SearchResult | undefined> {
  const version = await announcedVersion(ctx);
  if (version === null) return undefined;
  const resolved = settingsOf(ctx, input, visit);
  const found = await readShared<SearchPage>(ctx, keyOf(version, input, scope, resolved), POLICY);
  if (found === undefined) return undefined;
  ctx.receipt.cache = "hit";
  ctx.receipt.indexVersion = version;
  return resultOf(found.value, resolved);
}

interface Asked {
  input: SearchInput;
  scope: string;
  resolved: Resolved;
}

async function compute(
  ctx: SearchCtx,
  { input, scope, resolved }: Asked,
  { snapshot, synonyms, version, degraded }: Current,
): Promise<SearchPage> {
  const { secret } = ctx.config;
  const after = input.cursor === null ? null : await decodeCursor(ctx.config, scope, input.cursor, readPlace);
  const ranking = after === null ? resolved.values.ranking : after.ranking;
  const pageSize = after === null ? resolved.values.search_page_size : after.limit;
  const request: SearchRequest = {
    query: input.q,
    filters: parseFilters(input.filters),
    facets: parseFacets(input.facets),
    sort: input.sort,
    limit: input.limit ?? pageSize ?? STANDARD.search_page_size,
    after: after?.position ?? null,
    explain: input.explain,
    ...(ranking === undefined ? {} : { ranking }),
    synonyms,
  };
  const started = performance.now();
  const answer = search(snapshot, request);
  const tookMs = performance.now() - started;
  ctx.receipt.searchMs = tookMs;
  const place = answer.next === null ? null : placePayload(answer.next, { ranking, limit: pageSize });
  return toSearchPage({
    query: input.q,
    answer,
    nextCursor: place === null ? null : await encodeCursor(secret, scope, place),
    tookMs,
    indexVersion: version,
    degraded,
  });
}

/** Of an answer at a version. What was set is part of it: the answer of one arm is not another's. */
export function keyOf(version: string, input: SearchInput, scope: string, resolved: Resolved): string {
  const { explain, facets, cursor } = input;
  const set = resolved.key === "" ? "" : `${resolved.key}|`;
  return `search|${version}|${limitOf(input, resolved)}|${explain}|${facets.join()}|${cursor ?? ""}|${set}${scope}`;
}

/** What a cursor belongs to: all that decides the order and the set, not the page's size. */
export function scopeOf(input: SearchInput): string {
  return JSON.stringify(["search", input.q, input.sort, input.filters]);
}
