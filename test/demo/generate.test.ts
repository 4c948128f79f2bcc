import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { GROUPS } from "../../cli/demo/catalogue/groups.ts";
import { generateDemoProducts } from "../../cli/demo/generate.ts";
import { PRODUCT_LIMITS } from "../../src/domain/product.ts";
import { parseProduct } from "../../src/services/catalogue/parse-product.ts";
import { drawPicture } from "../../src/web/pictures/draw.ts";
import { KINDS } from "../../src/web/pictures/kinds.ts";
import { PALETTE } from "../../src/web/pictures/palette.ts";

const products = [...generateDemoProducts()];
const types = GROUPS.flatMap((group) => group.types);

function digest(items: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(items)).digest("hex").slice(0, 16);
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

describe("determinism", () => {
  test("the first 500 are the same on every machine", () => {
    expect(digest(products.slice(0, 500))).toBe("2aa57681defe133d");
  });

  test("a smaller catalogue is the beginning of a larger one", () => {
    expect([...generateDemoProducts({ count: 300 })]).toEqual(products.slice(0, 300));
  });

  test("another seed gives other products under the same kind of ids", () => {
    const other = [...generateDemoProducts({ count: 300, seed: 2 })];
    const shared = other.filter(({ title }) => products.some((product) => product.title === title));
    expect(shared.length).toBeLessThan(30);
  });

  test.each([0, 1])("count %i is taken literally", (count) => {
    expect([...generateDemoProducts({ count })]).toHaveLength(count);
  });
});

describe("the catalogue", () => {
  test("has 2,400 products with ids and titles of their own", () => {
    expect(products).toHaveLength(2_400);
    expect(new Set(products.map(({ id }) => id)).size).toBe(2_400);
    expect(new Set(products.map(({ title }) => title)).size).toBe(2_400);
    expect(products.filter(({ title }) => /, No\. \d+$/.test(title))).toEqual([]);
  });

  test("spreads over at least 14 categories and 40 types", () => {
    const top = countBy(products.map(({ category }) => category[0]));
    expect(top.size).toBeGreaterThanOrEqual(14);
    expect(Math.min(...top.values())).toBeGreaterThanOrEqual(15);
    const slugs = countBy(products.map(({ id }) => id.replace(/^demo-|-\d+$/g, "")));
    expect(slugs.size).toBe(types.length);
    expect(slugs.size).toBeGreaterThanOrEqual(40);
    for (const { category } of products) expect(category).toHaveLength(3);
  });

  test("keeps titles unique when it grows far past its default", () => {
    const titles = [...generateDemoProducts({ count: 20_000, seed: 3 })].map(({ title }) => title);
    expect(new Set(titles).size).toBe(20_000);
  });

  test("about six in a hundred are out of stock", () => {
    const share = products.filter(({ in_stock }) => !in_stock).length / products.length;
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.08);
  });

  test("ratings lean high and few products have most of them", () => {
    const rated = products.flatMap(({ rating }) => rating ?? []);
    expect(Math.min(...rated)).toBeGreaterThanOrEqual(3.4);
    expect(Math.max(...rated)).toBeLessThanOrEqual(4.9);
    expect(rated.filter((rating) => rating >= 4).length / rated.length).toBeGreaterThan(0.7);
    const counts = products.map(({ rating_count }) => rating_count).toSorted((a, b) => b - a);
    const sum = (list: number[]) => list.reduce((total, count) => total + count, 0);
    expect(sum(counts.slice(0, 240)) / sum(counts)).toBeGreaterThan(0.6);
    for (const { rating, rating_count } of products) expect(rating === null).toBe(rating_count === 0);
  });

  test("shows what search has to cope with", () => {
    const text = products.map(({ title, description }) => `${title} ${description}`).join("\n");
    for (const word of ["T-Shirt", "USB-C", "Wi-Fi", "wi-fi", "16 GB", "500 ml", "12 in", "Bouclé"])
      expect(text).toContain(word);
  });
});

describe("each product", () => {
  test("keeps within the limits of the domain", () => {
    for (const product of products) {
      expect(product.id).toMatch(/^demo-[a-z-]+-\d+$/);
      expect(product.title.length).toBeLessThanOrEqual(120);
      expect(product.description.length).toBeLessThanOrEqual(PRODUCT_LIMITS.description);
      expect(product.brand.length).toBeLessThanOrEqual(PRODUCT_LIMITS.brand);
      expect(product.category.length).toBeLessThanOrEqual(PRODUCT_LIMITS.categoryLevels);
      expect(product.image_url.length).toBeLessThanOrEqual(PRODUCT_LIMITS.url);
      const attributes = Object.entries(product.attributes);
      expect(attributes.length).toBeLessThanOrEqual(PRODUCT_LIMITS.attributes);
      for (const [key, value] of attributes) {
        expect(key).toMatch(/^[a-z][a-z_]{0,63}$/);
        expect(String(value).length).toBeLessThanOrEqual(PRODUCT_LIMITS.attributeValue);
      }
    }
  });

  test("is taken by the catalogue as it is", () => {
    for (const product of products) expect(parseProduct(product)).toMatchObject({ ok: { id: product.id } });
  });

  test("reads as two to five whole sentences with every slot filled", () => {
    for (const { title, description } of products) {
      expect(`${title}${description}`).not.toMatch(/[{}]|undefined|NaN| {2}|\[object/);
      const sentences = description.split(/(?<=[.!?]) /);
      expect(sentences.length, description).toBeGreaterThanOrEqual(2);
      expect(sentences.length, description).toBeLessThanOrEqual(6);
      for (const sentence of sentences) expect(sentence, description).toMatch(/^[\p{Lu}\d].*[.!?]$/su);
    }
  });

  test("has a price a shop would ask", () => {
    for (const { title, price } of products) {
      expect(price.currency).toBe("USD");
      expect(Number.isInteger(price.amount), title).toBe(true);
      expect([0, 95, 99], title).toContain(price.amount % 100);
      expect(price.amount, title).toBeGreaterThanOrEqual(150);
      expect(price.amount, title).toBeLessThanOrEqual(500_000);
    }
  });

  test("has a picture that draws, in the color its attributes name", () => {
    for (const { image_url, attributes, title } of products) {
      const [, kind = "", variant = ""] = /^\/pictures\/([a-z-]+)\/([a-z0-9-]+)\.svg$/.exec(image_url) ?? [];
      expect(drawPicture(kind, variant), image_url).not.toBeNull();
      if (typeof attributes.color === "string") expect(variant.split("-")[0], title).toBe(attributes.color);
    }
  });
});

describe("the tables", () => {
  test.each(types.map((type) => [type.slug, type] as const))(
    "%s names a picture, colors and slots that exist",
    (_, type) => {
      expect(KINDS.has(type.picture)).toBe(true);
      for (const name of [...type.colors, ...type.accents]) expect(PALETTE.has(name), name).toBe(true);
      const choices = type.nouns.flatMap((noun) => (typeof noun === "object" ? [noun] : []));
      const given = [
        "brand",
        "model",
        "noun",
        "accent",
        type.colorKey ?? "color",
        ...Object.keys(type.traits),
        ...choices.flatMap(({ sets }) => Object.keys(sets ?? {})),
      ];
      const texts = [
        ...type.titles,
        ...type.opening,
        ...type.details,
        ...type.closing,
        ...choices.flatMap(({ says }) => says ?? []),
      ];
      for (const [, slot = ""] of texts.join(" ").matchAll(/\{(\w+)\}/g)) {
        expect(given).toContain(slot.charAt(0).toLowerCase() + slot.slice(1));
      }
    },
  );
});
