import { describe, expect, it } from "vitest";
import type { Product } from "../../src/domain/product.ts";
import { MAX_SEGMENT_PRODUCTS, SegmentBuilder } from "../../src/index/builder.ts";
import { findDocument, readDocument } from "../../src/index/document.ts";
import { openSegment, SegmentError } from "../../src/index/segment.ts";
import { build, product, segmentOf, snapshotOf } from "./fixtures.ts";
import { Random, randomProduct } from "./random.ts";

const HOSTILE_TEXTS = [
  "\0",
  "\ud800 lone",
  "__proto__",
  "constructor",
  "日本 🎉",
  "\uffff",
  "",
  "a\u0001b",
  "é".repeat(500),
];

function faultOf(buffer: ArrayBuffer): string {
  try {
    openSegment(buffer);
    return "none";
  } catch (error) {
    if (error instanceof SegmentError) return error.fault;
    throw error;
  }
}

describe("a segment", () => {
  it("gives back what it was built from, ordered by id", () => {
    const random = new Random(1);
    const products = [
      ...Array.from({ length: 300 }, (_, i) => randomProduct(random, `id-${(i * 7919) % 1009}`)),
      ...HOSTILE_TEXTS.map((text, i) =>
        product(`${text}${i}`, {
          title: text,
          brand: text,
          category: [text, "x/y"],
          imageUrl: text,
          orgId: text,
        }),
      ),
      product("\ue000"),
      product("\u{10000}"),
    ];
    const segment = segmentOf(products);
    const sorted = [...products].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect([...segment.ids()]).toEqual(sorted.map(({ id }) => id));
    sorted.forEach((expected: Product, doc) => {
      const { description, imageId, attributes, version, ...stored } = expected;
      expect([description, imageId, attributes, version]).toBeDefined();
      expect(readDocument(segment, doc)).toEqual(stored);
      expect(segment.lookup(expected.id)).toBe(doc);
    });
    expect(segment.lookup("absent")).toBe(-1);
    expect(segment.lookup("")).toBe(-1);
  });

  it("compresses texts that repeat, and reads them back at random", () => {
    const products = Array.from({ length: 2_000 }, (_, i) =>
      product(`sku-${1e6 + i}`, {
        title: `StarTech.com cable ${i % 7} m, ${i} pieces`,
        imageUrl: `https://cdn.shop.example/media/${i * 31}.jpg`,
      }),
    );
    const segment = segmentOf(products);
    const doc = segment.lookup("sku-1001234");
    expect(segment.titleOf(doc)).toBe("StarTech.com cable 2 m, 1234 pieces");
    expect(segment.imageOf(doc)).toBe("https://cdn.shop.example/media/38254.jpg");
    expect(segment.byteLength / products.length).toBeLessThan(140);
  });

  it("keeps the later of two products with one id", () => {
    const builder = new SegmentBuilder();
    builder.add(product("a", { title: "first words" }));
    builder.add(product("b"));
    builder.add(product("a", { title: "second" }));
    expect(builder.size).toBe(2);
    const segment = openSegment(builder.finish());
    expect(segment.size).toBe(2);
    expect(segment.titleOf(0)).toBe("second");
    expect(segment.terms.find("words")).toBe(-1);
  });

  it("carries its generation, and can be empty", () => {
    const segment = openSegment(build([], 2 ** 40 + 7));
    expect([segment.size, segment.generation]).toEqual([0, 2 ** 40 + 7]);
    expect(segment.lookup("x")).toBe(-1);
  });

  it("is the same bytes whatever order products come in", () => {
    const random = new Random(3);
    const products = Array.from({ length: 50 }, (_, i) => randomProduct(random, `p${i}`));
    const forwards = openSegment(build(products));
    const backwards = openSegment(build([...products].reverse()));
    expect([...backwards.ids()]).toEqual([...forwards.ids()]);
    expect(backwards.terms.postings).toEqual(forwards.terms.postings);
  });

  it("refuses one product more than fits", () => {
    const builder = new SegmentBuilder();
    const same = product("x");
    for (let i = 0; i < MAX_SEGMENT_PRODUCTS; i++) builder.add({ ...same, id: String(i) });
    expect(() => builder.add({ ...same, id: "one more" })).toThrow(RangeError);
    builder.add({ ...same, id: "0" });
    expect(builder.size).toBe(MAX_SEGMENT_PRODUCTS);
  });

  it("finds a live document by id", () => {
    const snapshot = snapshotOf([product("a", { title: "A" })], [product("b", { title: "B" })]);
    expect(findDocument(snapshot, "b")?.title).toBe("B");
    expect(findDocument(snapshot, "c")).toBeNull();
  });
});

describe("openSegment", () => {
  const random = new Random(5);
  const whole = build(Array.from({ length: 40 }, (_, i) => randomProduct(random, `p${i}`)));
  const words = (change: (words: Uint32Array) => void): ArrayBuffer => {
    const copy = whole.slice(0);
    change(new Uint32Array(copy));
    return copy;
  };

  it("refuses every truncation", () => {
    for (const length of [
      0,
      1,
      31,
      32,
      100,
      400,
      whole.byteLength >> 1,
      whole.byteLength - 8,
      whole.byteLength - 1,
    ]) {
      expect(faultOf(whole.slice(0, length)), `${length} bytes`).toBe("truncated");
    }
  });

  it("refuses bytes that follow the end", () => {
    const longer = new Uint8Array(whole.byteLength + 8);
    longer.set(new Uint8Array(whole));
    expect(faultOf(longer.buffer)).toBe("truncated");
  });

  it("refuses foreign bytes and other versions", () => {
    expect(faultOf(new TextEncoder().encode("<!doctype html>".repeat(100)).buffer)).toBe("foreign");
    expect(faultOf(words((w) => (w[1] += 1)))).toBe("version");
  });

  it("refuses any flipped bit", () => {
    const flips = new Random(6);
    for (let i = 0; i < 400; i++) {
      const copy = whole.slice(0);
      new Uint8Array(copy)[flips.below(copy.byteLength)] ^= 1 << flips.below(8);
      expect(faultOf(copy)).not.toBe("none");
    }
  });

  it("refuses swapped words", () => {
    const middle = whole.byteLength >> 3;
    const swapped = words((w) => {
      [w[middle], w[middle + 1]] = [w[middle + 1] ^ 1, w[middle]];
    });
    expect(faultOf(swapped)).toBe("checksum");
  });
});
