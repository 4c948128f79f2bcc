import type { IndexSnapshot } from "./snapshot.ts";
import type { Segment, StringColumn } from "./segment.ts";
import { isDead } from "./postings.ts";
import type { SearchHit } from "./types.ts";

/** What a segment keeps of a product: all that a hit shows of it. */
export type StoredDocument = Omit<SearchHit, "highlights" | "score" | "explain">;

export function readDocument(segment: Segment, doc: number): StoredDocument {
  const amount = segment.price.values[segment.price.codes[doc]];
  const currency = stringAt(segment.currency, doc);
  return {
    id: segment.idOf(doc),
    orgId: stringAt(segment.org, doc) ?? "",
    title: segment.titleOf(doc),
    brand: stringAt(segment.brand, doc),
    category: segment.category.paths.path(segment.category.codes[doc] - 1),
    price: currency === null ? null : { amount, currency },
    rating: orNull(segment.rating.values[segment.rating.codes[doc]]),
    ratingCount: segment.ratingCount.values[segment.ratingCount.codes[doc]],
    inStock: segment.stock[doc] === 1,
    imageUrl: segment.imageOf(doc),
    updatedAt: segment.updated.values[segment.updated.codes[doc]],
  };
}

/** The document of a live product, `null` where there is none. */
export function findDocument(snapshot: IndexSnapshot, id: string): StoredDocument | null {
  for (const { segment, dead } of snapshot.segments) {
    const doc = segment.lookup(id);
    if (doc >= 0 && !isDead(dead, doc)) return readDocument(segment, doc);
  }
  return null;
}

function stringAt({ table, codes }: StringColumn, doc: number): string | null {
  const code = codes[doc];
  return code === 0 ? null : table.at(code - 1);
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
