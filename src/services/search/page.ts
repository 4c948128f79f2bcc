import type { Money } from "../../domain/money.ts";
import type {
  Explanation,
  Facet,
  FacetField,
  Highlights,
  SearchAnswer,
  SearchHit,
} from "../../index/types.ts";

/** One hit as the API answers it. */
export interface SearchItem {
  id: string;
  org: string;
  title: string;
  brand: string | null;
  category: readonly string[];
  price: Money | null;
  rating: number | null;
  rating_count: number;
  in_stock: boolean;
  image_url: string | null;
  highlights: Highlights;
  score: number;
  explain?: Explanation;
}

/** The body of `GET /v1/search`. */
export interface SearchPage {
  query: string;
  total: number;
  items: readonly SearchItem[];
  facets: Readonly<Partial<Record<FacetField, Facet>>>;
  next_cursor: string | null;
  /** Milliseconds that the search itself took when it was made. */
  took_ms: number;
  index_version: string;
  /** Set where parts of the index are not loaded, or the newest changes may be missing. */
  degraded?: true;
}

export interface PageFacts {
  query: string;
  answer: SearchAnswer;
  nextCursor: string | null;
  tookMs: number;
  indexVersion: string;
  degraded: boolean;
}

export function toSearchPage({
  query,
  answer,
  nextCursor,
  tookMs,
  indexVersion,
  degraded,
}: PageFacts): SearchPage {
  return {
    query,
    total: answer.total,
    items: answer.hits.map(toItem),
    facets: answer.facets,
    next_cursor: nextCursor,
    took_ms: Math.round(tookMs * 1_000) / 1_000,
    index_version: indexVersion,
    ...(degraded ? { degraded: true as const } : {}),
  };
}

function toItem(hit: SearchHit): SearchItem {
  return {
    id: hit.id,
    org: hit.orgId,
    title: hit.title,
    brand: hit.brand,
    category: hit.category,
    price: hit.price,
    rating: hit.rating,
    rating_count: hit.ratingCount,
    in_stock: hit.inStock,
    image_url: hit.imageUrl,
    highlights: hit.highlights,
    score: hit.score,
    ...(hit.explain === undefined ? {} : { explain: hit.explain }),
  };
}
