import type { Product } from "../../src/domain/product.ts";
import { SegmentBuilder } from "../../src/index/builder.ts";
import { openSegment } from "../../src/index/segment.ts";
import type { Segment } from "../../src/index/segment.ts";
import { createSnapshot } from "../../src/index/snapshot.ts";
import type { IndexSnapshot } from "../../src/index/snapshot.ts";
import { search } from "../../src/index/search.ts";
import { request } from "./random.ts";

export function product(id: string, changes: Partial<Product> = {}): Product {
  return {
    id,
    orgId: "org_1",
    title: "",
    description: "",
    brand: null,
    category: [],
    price: null,
    rating: null,
    ratingCount: 0,
    inStock: true,
    imageUrl: null,
    imageId: null,
    attributes: {},
    updatedAt: 0,
    version: 1,
    ...changes,
  };
}

export function build(products: readonly Product[], generation = 1): ArrayBuffer {
  const builder = new SegmentBuilder({ generation });
  for (const each of products) builder.add(each);
  return builder.finish();
}

export function segmentOf(products: readonly Product[]): Segment {
  return openSegment(build(products));
}

/** One segment a list. */
export function snapshotOf(...lists: readonly (readonly Product[])[]): IndexSnapshot {
  return createSnapshot({
    version: "1",
    segments: lists.map((list) => ({ segment: segmentOf(list), dead: null })),
  });
}

/** Products with these titles, and ids `p0`, `p1` and so on. */
export function titles(...texts: readonly string[]): IndexSnapshot {
  return snapshotOf(texts.map((title, i) => product(`p${i}`, { title })));
}

/** Titles of the hits, best first. */
export function found(snapshot: IndexSnapshot, query: string): string[] {
  return search(snapshot, request(query)).hits.map(({ title }) => title);
}
