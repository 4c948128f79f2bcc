import type { Money } from "../domain/money.ts";
import type { ShopQuery } from "./query.ts";

export interface SearchItem {
  id: string;
  title: string;
  brand: string | null;
  category: readonly string[];
  price: Money | null;
  rating: number | null;
  rating_count: number;
  in_stock: boolean;
  image_url: string | null;
  highlights: { title: readonly (readonly [number, number])[] };
}

export interface FacetValue {
  value: string;
  count: number;
}

export interface FacetRange {
  min: number | null;
  max: number | null;
}

/** The part of the answer of `GET /v1/search` that the shop shows. */
export interface SearchPage {
  query: string;
  total: number;
  items: readonly SearchItem[];
  facets: Readonly<Record<string, readonly FacetValue[] | FacetRange | undefined>>;
  next_cursor: string | null;
}

export type Problem = "offline" | "busy" | "broken";

/** What the shop shows now: the question, the last answer, and how the answer to this question stands. */
export interface ShopView {
  query: ShopQuery;
  page: SearchPage | null;
  status: "ready" | "pending" | "slow" | "loading-more" | "failed";
  /** Why `status` is `failed`, or, where it is `ready`, why no more could be loaded. */
  problem?: Problem;
}

export function facetValues(page: SearchPage | null, field: string): readonly FacetValue[] {
  const facet = page?.facets[field];
  return facet !== undefined && "length" in facet ? facet : [];
}

export function facetRange(page: SearchPage | null, field: string): FacetRange {
  const facet = page?.facets[field];
  return facet !== undefined && "min" in facet ? facet : { min: null, max: null };
}

/** The answer without what the shop does not show, for the data block of the page: smaller, and equal for equal answers. */
export function shownPart({ query, total, items, facets, next_cursor }: SearchPage): SearchPage {
  return { query, total, items: items.map(shownItem), facets, next_cursor };
}

function shownItem(item: SearchItem): SearchItem {
  const { id, title, brand, category, price, rating, rating_count, in_stock, image_url, highlights } = item;
  return { id, title, brand, category, price, rating, rating_count, in_stock, image_url, highlights };
}
