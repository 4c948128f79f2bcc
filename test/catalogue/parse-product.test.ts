import { describe, expect, test } from "vitest";
import { parseProduct } from "../../src/services/catalogue/parse-product.ts";

const minimal = { id: "lamp-7", title: "Lamp" };

function errorsOf(value: unknown) {
  const parsed = parseProduct(value);
  return "errors" in parsed ? parsed.errors : [];
}

function pathsOf(fields: object): string[] {
  return errorsOf({ ...minimal, ...fields }).map(({ path }) => path);
}

test("id and title are enough: the rest is not known, and it is in stock", () => {
  expect(parseProduct(minimal)).toEqual({
    ok: {
      ...minimal,
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
    },
  });
});

test("every field is read", () => {
  const wire = {
    ...minimal,
    description: "Of brass",
    brand: "Acme",
    category: ["Home", "Lamps"],
    price: { amount: 1999, currency: "EUR" },
    rating: 4.5,
    rating_count: 12,
    in_stock: false,
    image_url: "https://example.com/a.png?b=c#d",
    attributes: { color: "red", watts: 7.5, dimmable: true },
  };
  const { rating_count: ratingCount, in_stock: inStock, image_url: imageUrl, ...same } = wire;
  expect(parseProduct(wire)).toEqual({ ok: { ...same, ratingCount, inStock, imageUrl, imageId: null } });
});

test("a product that was read can be written: what only the server sets is passed over", () => {
  expect(
    parseProduct({ ...minimal, org: "org_1", version: 3, updated_at: "2026-01-01T00:00:00Z" }),
  ).toHaveProperty("ok");
});

test("blank text is not known: a brand, an image, a level of the category", () => {
  expect(
    parseProduct({ ...minimal, brand: " ", image_url: "", category: ["Home", "", null, "Lamps"] }),
  ).toMatchObject({
    ok: { brand: null, imageUrl: null, category: ["Home", "Lamps"] },
  });
});

test.each([[null], [[]], ["text"], [7], [true], [undefined]])("%j is no product", (value) => {
  expect(errorsOf(value)).toHaveLength(1);
});

describe("refuses, and names the field of,", () => {
  test.each<[string, object, string]>([
    ["an unknown field", { colour: "red" }, "colour"],
    ["a field called __proto__", JSON.parse('{"__proto__": {"title": "x"}}') as object, "__proto__"],
    ["a missing title", { title: undefined }, "title"],
    ["a blank title", { title: " \n" }, "title"],
    ["a title of 1 MB", { title: "x".repeat(1_000_000) }, "title"],
    ["NUL", { description: "a\0b" }, "description"],
    ["a lone surrogate", { brand: "\ud83e" }, "brand"],
    ["a number as text", { title: 7 }, "title"],
    ["an empty id", { id: "" }, "id"],
    ["an id with a slash", { id: "a/b" }, "id"],
    ["an id of 129 characters", { id: "x".repeat(129) }, "id"],
    ["a numeric id", { id: 7 }, "id"],
    ["a price as text", { price: "19.99" }, "price"],
    ["a price as a number", { price: 19.99 }, "price"],
    ["an amount as text", { price: { amount: "1999", currency: "USD" } }, "price.amount"],
    ["a fraction of a cent", { price: { amount: 19.99, currency: "USD" } }, "price.amount"],
    ["a negative price", { price: { amount: -1, currency: "USD" } }, "price.amount"],
    ["an infinite price", { price: { amount: Infinity, currency: "USD" } }, "price.amount"],
    ["a currency in small letters", { price: { amount: 1, currency: "usd" } }, "price.currency"],
    ["a missing currency", { price: { amount: 1 } }, "price.currency"],
    ["an unknown field of the price", { price: { amount: 1, currency: "USD", tax: 2 } }, "price.tax"],
    ["a rating over 5", { rating: 5.1 }, "rating"],
    ["a rating under 0", { rating: -0.1 }, "rating"],
    ["a rating that is no number", { rating: NaN }, "rating"],
    ["half a rating count", { rating_count: 1.5 }, "rating_count"],
    ["stock as text", { in_stock: "true" }, "in_stock"],
    ["a category as text", { category: "Home/Lamps" }, "category"],
    ["too many levels", { category: Array.from({ length: 9 }, String) }, "category"],
    ["a level that is no text", { category: ["Home", 7] }, "category.1"],
    ["attributes as a list", { attributes: [] }, "attributes"],
    [
      "65 attributes",
      { attributes: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, i])) },
      "attributes",
    ],
    [
      "an attribute __proto__",
      { attributes: JSON.parse('{"__proto__": "x"}') as object },
      "attributes.__proto__",
    ],
    ["an attribute constructor", { attributes: { constructor: "x" } }, "attributes.constructor"],
    ["an attribute prototype", { attributes: { prototype: "x" } }, "attributes.prototype"],
    ["an attribute without a name", { attributes: { "": "x" } }, "attributes."],
    ["an attribute that filters cannot name", { attributes: { "a:b": "x" } }, "attributes.a:b"],
    ["an attribute of null", { attributes: { a: null } }, "attributes.a"],
    ["an attribute of objects", { attributes: { a: {} } }, "attributes.a"],
    ["an infinite attribute", { attributes: { a: Infinity } }, "attributes.a"],
    ["a long attribute", { attributes: { a: "x".repeat(501) } }, "attributes.a"],
    ["two images", { image_id: "img_1", image_url: "/a.png" }, "image_url"],
  ])("%s", (_, fields, path) => {
    expect(pathsOf(fields)).toEqual([path]);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:image/png;base64,AA",
    "//evil.example/a.png",
    "/\\evil.example/a.png",
    "\\\\evil.example",
    "https://user@evil.example/",
    "https:///a.png",
    "https://[::1/a.png",
    "ftp://example.com/a.png",
    "a.png",
    "/a b.png",
    "/a\u0085b.png",
    "https://example.com/a\nb.png",
  ])("the image URL %j", (image_url) => {
    expect(pathsOf({ image_url })).toEqual(["image_url"]);
  });
});

test.each(["/a.png", "/i/img_1/large", "http://example.com", "https://example.com:8080/ü.png?x=1"])(
  "the image URL %j is taken",
  (image_url) => {
    expect(pathsOf({ image_url })).toEqual([]);
  },
);

test("all bad fields are named, up to 20, in short messages", () => {
  const unknown = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`${i}`.repeat(100), i]));
  const errors = errorsOf({ ...unknown, title: 7 });
  expect(errors).toHaveLength(20);
  for (const { path, message } of errors) expect(path.length + message.length).toBeLessThan(200);
});

test("a price as text says what a price looks like", () => {
  expect(errorsOf({ ...minimal, price: "19.99" })[0].message).toBe(
    'Expected {"amount": whole minor units (cents), "currency": "USD"}, not the text "19.99"',
  );
});
