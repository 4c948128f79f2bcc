import { describe, expect, it } from "vitest";
import { search } from "../../src/index/search.ts";
import { product, snapshotOf, titles } from "./fixtures.ts";
import { request } from "./random.ts";

describe("sorting, filtering and counting", () => {
  const snapshot = snapshotOf(
    [
      product("a", {
        title: "lamp",
        price: { amount: 300, currency: "USD" },
        rating: 4,
        ratingCount: 1,
        updatedAt: 3,
      }),
      product("b", {
        title: "lamp",
        price: { amount: 100, currency: "USD" },
        rating: 4,
        ratingCount: 9,
        updatedAt: 1,
      }),
    ],
    [
      product("c", {
        title: "lamp",
        updatedAt: 2,
        category: ["Home", "Lamps"],
        brand: "Acme",
        inStock: false,
      }),
      product("d", {
        title: "lamp shade",
        price: { amount: 100, currency: "USD" },
        category: ["Home"],
        brand: "Acme",
      }),
    ],
  );
  const ids = (changes: Parameters<typeof request>[1], query = "lamp"): string[] =>
    search(snapshot, request(query, changes)).hits.map(({ id }) => id);

  it("puts those without the value last in either direction, and breaks ties by id", () => {
    expect(ids({ sort: "price" })).toEqual(["b", "d", "a", "c"]);
    expect(ids({ sort: "-price" })).toEqual(["a", "b", "d", "c"]);
    expect(ids({ sort: "-rating" })).toEqual(["b", "a", "c", "d"]);
    expect(ids({ sort: "-updated_at" })).toEqual(["a", "c", "b", "d"]);
  });

  it("sorts only what matches as many words as any does", () => {
    expect(ids({ sort: "price" }, "lamp shade")).toEqual(["d"]);
  });

  it("a category takes what lies below it, from the top only", () => {
    expect(ids({ filters: [{ field: "category", values: ["Home"] }] }).sort()).toEqual(["c", "d"]);
    expect(ids({ filters: [{ field: "category", values: ["Lamps"] }] })).toEqual([]);
  });

  it("counts a facet without its own filter, and all others with it", () => {
    const answer = search(
      snapshot,
      request("lamp", {
        filters: [{ field: "brand", values: ["Acme"] }],
        facets: ["brand", "category", "price", "in_stock"],
      }),
    );
    expect(answer.total).toBe(2);
    expect(answer.facets).toEqual({
      brand: [{ value: "Acme", count: 2 }],
      category: [
        { value: "Home", count: 2 },
        { value: "Home/Lamps", count: 1 },
      ],
      price: { min: 100, max: 100 },
      in_stock: [
        { value: "false", count: 1 },
        { value: "true", count: 1 },
      ],
    });
  });

  it("browses by popularity without words", () => {
    expect(ids({}, "")).toEqual(["b", "a", "d", "c"]);
    expect(ids({}, "  ")).toEqual(["b", "a", "d", "c"]);
  });

  it("finds nothing by signs that no word is made of", () => {
    expect(ids({}, "🎉")).toEqual([]);
    expect(ids({}, "???")).toEqual([]);
  });
});

describe("what an answer shows", () => {
  const marked = (title: string, query: string): string[] =>
    search(titles(title), request(query)).hits.flatMap((hit) =>
      hit.highlights.title.map(([from, to]) => title.slice(from, to)),
    );

  it.each([
    ["Red Laptop stand", "laptop", ["Laptop"]],
    ["Red Laptop stand", "lapt", ["Lapt"]],
    ["Red Laptop stand", "lpatop", ["Laptop"]],
    ["Red T-Shirt", "tshirt", ["T-Shirt"]],
    ["Head set", "headset", ["Head", "set"]],
    ["Straße nach Köln", "koln strasse", ["Straße", "Köln"]],
    ["Straßen", "strass", ["Straß"]],
    ["Batteries", "battery", ["Batteries"]],
    ["Lamp lamp LAMP", "lamp", ["Lamp", "lamp", "LAMP"]],
  ])("marks in %j what %j matched", (title, query, expected) => {
    expect(marked(title, query)).toEqual(expected);
  });

  it("explains a score by parts that sum up to it", () => {
    const snapshot = titles("Red lamp shade", "red things", "lamp");
    for (const { score, explain } of search(snapshot, request("red lmap", { explain: true })).hits) {
      if (explain === undefined) throw new Error("no explanation");
      const words = explain.words.reduce((sum, word) => sum + word.score, 0);
      const sum =
        explain.matchedWords * 1000 + words + explain.proximity + explain.exactness + explain.popularity;
      expect(score).toBeCloseTo(sum, 9);
    }
    const [first] = search(snapshot, request("red lmap", { explain: true })).hits;
    expect(first.explain?.words.map(({ matched }) => matched[0])).toEqual([
      { term: "red", kind: "exact", distance: 0 },
      { term: "lamp", kind: "typo", distance: 1 },
    ]);
  });

  it("expands synonyms, weaker than the word itself", () => {
    const snapshot = titles("Sofa", "Couch", "Settee two seater", "Chair");
    const synonyms = new Map([["couch", ["sofa", "settee two"]]]);
    const { hits } = search(snapshot, request("couch ", { synonyms, explain: true }));
    expect(hits[0].title).toBe("Couch");
    expect(hits.map(({ title }) => title).sort()).toEqual(["Couch", "Settee two seater", "Sofa"]);
    expect(hits[1].explain?.words[0].matched[0].kind).toBe("synonym");
  });
});
