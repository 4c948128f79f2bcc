import type { RankingWeights } from "../domain/experiment.ts";
import type { Money } from "../domain/money.ts";

/** `brand`, `category`, `org`, `in_stock`, `price`, `rating` or `attributes.<name>`. */
export type FilterField =
  | "brand"
  | "category"
  | "org"
  | "in_stock"
  | "price"
  | "rating"
  | `attributes.${string}`;

/**
 * A document passes when its field has one of `values`, or lies in `range` (both ends included). Several filters are
 * joined by AND. A category value is a path (`Home/Lamps`) that takes what lies below it; `in_stock` takes `true` and
 * `false`; prices are in minor units.
 */
export type Filter =
  | { field: FilterField; values: readonly string[] }
  | { field: FilterField; range: { min: number | null; max: number | null } };

export type FacetField = Exclude<FilterField, "org">;

export const SORTS = ["relevance", "price", "-price", "-rating", "-updated_at"] as const;
export type Sort = (typeof SORTS)[number];

/** Where a page ended: the sort key of its last hit, and its id as tie-break. The next page holds what sorts after. */
export interface SearchPosition {
  key: number;
  id: string;
}

export interface SearchRequest {
  query: string;
  filters: readonly Filter[];
  facets: readonly FacetField[];
  sort: Sort;
  /** 1 to 100. */
  limit: number;
  after: SearchPosition | null;
  explain: boolean;
  /** What a document earns beside its words; `BONUS` by default. */
  ranking?: RankingWeights;
  /** Words or phrases that a folded word of the query also stands for. */
  synonyms?: ReadonlyMap<string, readonly string[]>;
}

/** Half-open ranges in UTF-16 code units of the text. */
export type Highlights = Readonly<Record<"title", readonly (readonly [number, number])[]>>;

/** How a score came about; all parts sum up or multiply as docs/search-engine.md says. */
export interface Explanation {
  words: readonly {
    word: string;
    matched: readonly {
      term: string;
      kind: "exact" | "prefix" | "typo" | "compound" | "synonym";
      distance: number;
    }[];
    idf: number;
    impact: number;
    score: number;
  }[];
  matchedWords: number;
  proximity: number;
  exactness: number;
  popularity: number;
}

export interface SearchHit {
  id: string;
  orgId: string;
  title: string;
  brand: string | null;
  category: readonly string[];
  price: Money | null;
  rating: number | null;
  ratingCount: number;
  inStock: boolean;
  imageUrl: string | null;
  updatedAt: number;
  highlights: Highlights;
  score: number;
  explain?: Explanation;
}

export interface FacetValue {
  value: string;
  count: number;
}

/** Value facets: the most frequent first (then by value), at most 50. Number facets: the extremes, `null` without any. */
export type Facet = readonly FacetValue[] | { min: number | null; max: number | null };

export interface SearchAnswer {
  total: number;
  hits: readonly SearchHit[];
  facets: Readonly<Partial<Record<FacetField, Facet>>>;
  /** Where the next page starts; `null` on the last page. */
  next: SearchPosition | null;
}

export interface Suggestion {
  text: string;
  kind: "query" | "product" | "brand" | "category";
  /** Of a product. */
  id?: string;
  highlights: readonly (readonly [number, number])[];
}
