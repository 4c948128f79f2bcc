import type { Product } from "../../../src/domain/product.ts";
import { loadRival } from "./load.ts";
import { countFacets, passes } from "./passes.ts";
import type { OpenRival, Rival } from "./rival.ts";

/** A hit carries the stored fields: what a page of hits shows and filters need. */
type SearchResult = Product;

interface SearchOptions {
  fuzzy?: number;
  prefix?: boolean;
  boost?: Record<string, number>;
  filter?: (hit: SearchResult) => boolean;
}

interface MiniSearch {
  default: {
    wildcard: symbol;
    new (options: { fields: string[]; storeFields: string[]; searchOptions: SearchOptions }): {
      addAll(documents: readonly object[]): void;
      search(text: string | symbol, options: SearchOptions): SearchResult[];
      autoSuggest(text: string): { suggestion: string }[];
    };
  };
}

// Of the boosts 1, 2, 3, 5 and 10 the one with the best NDCG on all judged queries.
const OPTIONS: SearchOptions = { fuzzy: 0.2, prefix: true, boost: { title: 2 } };

async function open(products: readonly Product[]): Promise<OpenRival> {
  const { default: MiniSearch } = await loadRival<MiniSearch>("minisearch");
  const engine = new MiniSearch({
    fields: ["title", "description", "brand"],
    storeFields: ["title", "brand", "category", "price", "inStock", "imageUrl"],
    searchOptions: OPTIONS,
  });
  engine.addAll(products);
  return {
    search({ text, limit, facets, filters }) {
      const filter = (hit: SearchResult) => passes(hit, filters);
      const hits = engine.search(
        text === "" ? MiniSearch.wildcard : text,
        filters.length > 0 ? { filter } : {},
      );
      if (facets) countFacets(hits);
      return hits.slice(0, limit).map((hit) => hit.id);
    },
    suggest: (text) =>
      engine
        .autoSuggest(text)
        .slice(0, 10)
        .map(({ suggestion }) => suggestion),
  };
}

export const minisearch: Rival = {
  name: "MiniSearch",
  settings: "fuzzy 0.2, prefix, title boost 2, any word; facets counted over its hits",
  lacks: ["phrase"],
  build: open,
};
