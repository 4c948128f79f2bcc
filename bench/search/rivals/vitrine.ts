import { CacheMemory } from "../../../src/cache/memory.ts";
import { ANONYMOUS } from "../../../src/domain/actor.ts";
import { search } from "../../../src/index/search.ts";
import type { IndexSnapshot } from "../../../src/index/snapshot.ts";
import { suggest } from "../../../src/index/suggest.ts";
import type { FacetField, Filter } from "../../../src/index/types.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../../src/platform/memory/open.ts";
import { searchProducts } from "../../../src/services/search/search.ts";
import { buildSegments, openSegments } from "../segments.ts";
import type { OpenRival, Rival, RivalQuery } from "./rival.ts";

const FACETS: readonly FacetField[] = ["brand", "category", "price"];

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll(",", "\\,");
}

function textOf(filter: Filter): string {
  if ("range" in filter) return `${filter.field}:${filter.range.min ?? ""}..${filter.range.max ?? ""}`;
  return `${filter.field}:${filter.values.map(escaped).join(",")}`;
}

function inputOf({ text, limit, facets, filters }: RivalQuery) {
  return {
    q: text,
    filters: filters.map(textOf),
    facets: facets ? FACETS : [],
    sort: "relevance" as const,
    limit,
    cursor: null,
    explain: false,
  };
}

/** Ports that answer at once and a result cache that keeps nothing: what is timed is the search. */
async function openRoute(snapshot: IndexSnapshot, indexBytes: number): Promise<OpenRival> {
  const platform = await createMemoryPlatform();
  platform.isolate.cache = new CacheMemory(0);
  platform.isolate.index.snapshot = snapshot;
  platform.isolate.index.checkedAt = platform.clock.now();
  const [get, put] = [async () => null, async () => {}];
  const edgeCache = { get, put, getBytes: get, putBytes: put };
  const ctx = { ...openMemoryDeps(platform, { edgeCache }), actor: ANONYMOUS };
  return {
    search: async (query) => (await searchProducts(ctx, inputOf(query))).page.items.map(({ id }) => id),
    suggest: (text) => suggest(snapshot, text, 10).map((suggestion) => suggestion.text),
    indexBytes: () => indexBytes,
    close: () => platform.close(),
  };
}

/** Opens segments that were built before. */
export async function openVitrine(buffers: readonly ArrayBuffer[]): Promise<OpenRival> {
  const indexBytes = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  return openRoute(openSegments(buffers), indexBytes);
}

export const vitrine: Rival = {
  name: "Vitrine",
  settings: "the function that the route calls, result cache off",
  lacks: [],
  build: (products) => openVitrine(buildSegments(products)),
};

export const vitrineEngine: Rival = {
  name: "Vitrine engine",
  settings: "search() and suggest() of src/index",
  lacks: [],
  build(products) {
    const snapshot = openSegments(buildSegments(products));
    return {
      search({ text, limit, facets, filters }) {
        const asked = { query: text, filters, facets: facets ? FACETS : [], limit };
        const answer = search(snapshot, { ...asked, sort: "relevance", after: null, explain: false });
        return answer.hits.map(({ id }) => id);
      },
      suggest: (text) => suggest(snapshot, text, 10).map((suggestion) => suggestion.text),
    };
  },
};
