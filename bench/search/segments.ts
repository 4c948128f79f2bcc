import type { Product } from "../../src/domain/product.ts";
import { SegmentBuilder } from "../../src/index/builder.ts";
import { SEGMENT_PRODUCTS } from "../../src/services/search/segments.ts";
import { openSegment } from "../../src/index/segment.ts";
import { createSnapshot } from "../../src/index/snapshot.ts";
import type { IndexSnapshot } from "../../src/index/snapshot.ts";

/** The segments of a catalogue, as a rebuild makes them. */
export function buildSegments(products: readonly Product[]): ArrayBuffer[] {
  const segments: ArrayBuffer[] = [];
  for (let from = 0; from < products.length; from += SEGMENT_PRODUCTS) {
    const builder = new SegmentBuilder({ generation: 1 });
    for (const product of products.slice(from, from + SEGMENT_PRODUCTS)) builder.add(product);
    segments.push(builder.finish());
  }
  return segments;
}

export function openSegments(buffers: readonly ArrayBuffer[]): IndexSnapshot {
  const segments = buffers.map((buffer) => ({ segment: openSegment(buffer), dead: null }));
  return createSnapshot({ segments, version: "1.0" });
}
