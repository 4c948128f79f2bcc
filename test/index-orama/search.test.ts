import { create, insertMultiple, insertPin, search } from "@orama/orama";
import { describe, expect, it } from "vitest";
import { vitrineIndex } from "../../src/index/orama.ts";
import { idsOf, openShop } from "./shop.ts";

describe("search", () => {
  it("ranks documents with all words first and says how many there are", async () => {
    const answer = await search(openShop(), { term: "red shoe" });
    expect(idsOf(answer)[0]).toBe("a");
    expect(idsOf(answer).toSorted()).toEqual(["a", "b", "c"]);
    expect(answer.count).toBe(3);
  });

  it("finds all documents without words", async () => {
    expect((await search(openShop(), {})).count).toBe(4);
    expect((await search(openShop(), { term: "" })).count).toBe(4);
  });

  it("takes every word as typed with threshold 0 or exact", async () => {
    const db = openShop();
    expect(idsOf(await search(db, { term: "red shoe", threshold: 0 }))).toEqual(["a"]);
    expect(idsOf(await search(db, { term: "runing", exact: true }))).toEqual([]);
    expect(idsOf(await search(db, { term: "RUNNING", exact: true })).toSorted()).toEqual(["a", "b"]);
  });

  it("takes a page by limit and offset", async () => {
    const db = create({ schema: { title: "string" }, plugins: [vitrineIndex()] });
    insertMultiple(
      db,
      Array.from({ length: 250 }, (_, i) => ({ id: `p${i}`, title: `Lamp number ${i}` })),
    );
    const all = idsOf(await search(db, { term: "lamp", limit: 250 }));
    expect(new Set(all).size).toBe(250);
    const page = await search(db, { term: "lamp", limit: 7, offset: 115 });
    expect(idsOf(page)).toEqual(all.slice(115, 122));
    expect(page.count).toBe(250);
    expect(idsOf(await search(db, { term: "lamp", limit: 7, offset: 248 }))).toEqual(all.slice(248));
    expect(idsOf(await search(db, { term: "lamp", limit: 7, offset: 400 }))).toEqual([]);
  });

  it("counts alone in a preflight", async () => {
    const answer = await search(openShop(), { term: "running", preflight: true });
    expect(answer.hits).toEqual([]);
    expect(answer.count).toBe(2);
  });

  it.each([
    ["a value", { color: "red" }, ["a", "c"]],
    ["several values", { color: { in: ["red", "blue"] } }, ["a", "b", "c"]],
    ["a category and what is below it", { category: { containsAny: ["Sport"] } }, ["a", "b", "c"]],
    ["a path of categories", { category: { containsAny: ["Sport/Running"] } }, ["a", "b"]],
    ["a boolean", { inStock: false }, ["b"]],
    ["less than", { price: { lt: 4900 } }, ["d"]],
    ["at most", { price: { lte: 4900 } }, ["c", "d"]],
    ["more than", { price: { gt: 8900 } }, ["b"]],
    ["at least", { price: { gte: 8900 } }, ["a", "b"]],
    ["between", { price: { between: [2500, 4900] } }, ["c", "d"]],
    ["equal", { rating: { eq: 5 } }, ["c"]],
    ["a nested attribute", { "size.shoe": { eq: 42 } }, ["a", "c"]],
    ["all of several", { color: "red", price: { gt: 5000 } }, ["a"]],
    ["and", { and: [{ color: "red" }, { inStock: true }] }, ["a", "c"]],
  ])("filters by %s", async (_, where, expected) => {
    const answer = await search(openShop(), { term: "", where: where as never });
    expect(idsOf(answer).toSorted()).toEqual(expected);
    expect(answer.count).toBe(expected.length);
  });

  it("sorts by price up and down, and by rating from the best", async () => {
    const db = openShop();
    const sorted = async (property: "price" | "rating", order?: "ASC" | "DESC") =>
      idsOf(
        await search(db, {
          term: "",
          where: { color: ["red", "blue"] } as never,
          sortBy: { property, order },
        }),
      );
    expect(await sorted("price")).toEqual(["c", "a", "b"]);
    expect(await sorted("price", "DESC")).toEqual(["b", "a", "c"]);
    expect(await sorted("rating", "DESC")).toEqual(["c", "a", "b"]);
  });

  it("counts facets over the hits, as Orama shapes them", async () => {
    const facets = {
      brand: {},
      inStock: {},
      price: {
        ranges: [
          { from: 0, to: 4900 },
          { from: 4901, to: 20_000 },
        ],
      },
    };
    const answer = await search(openShop(), {
      term: "red",
      where: { brand: "Acme" } as never,
      facets: facets as never,
    });
    expect(answer.facets).toEqual({
      brand: { count: 1, values: { Acme: 2 } },
      inStock: { count: 1, values: { true: 2 } },
      price: { count: 2, values: { "0-4900": 1, "4901-20000": 1 } },
    });
  });

  it("keeps one hit of each value with distinctOn", async () => {
    const db = openShop();
    const answer = await search(db, {
      term: "",
      distinctOn: "color",
      sortBy: { property: "price", order: "ASC" },
    });
    expect(idsOf(answer)).toEqual(["c", "b"]);
  });

  it("puts a pinned document in its place", async () => {
    const db = openShop();
    insertPin(db, {
      id: "lamp-first",
      conditions: [{ anchoring: "is", pattern: "running" }],
      consequence: { promote: [{ doc_id: "d", position: 0 }] },
    });
    expect(idsOf(await search(db, { term: "running" }))[0]).toBe("d");
    expect(idsOf(await search(db, { term: "red" }))).not.toContain("d");
  });
});

describe("search refuses, with the reason,", () => {
  it.each([
    ["an unknown property in where", { where: { colour: "red" } }, /Unknown filter property "colour"/],
    ["a filter on text", { where: { description: "red" } }, /it is only searched/],
    ["or", { where: { or: [{ color: "red" }] } }, /joined by and/],
    ["two operations on one property", { where: { price: { gt: 1, lt: 3 } } }, /one operation per filter/],
    ["an unknown operation", { where: { price: { near: 3 } } }, /Cannot filter "price" by "near"/],
    ["a number for a range that is none", { where: { price: { gt: "3" } } }, /Cannot filter "price" by "gt"/],
    ["nin", { where: { color: { nin: ["red"] } } }, /Cannot filter "color" by "nin"/],
    ["a property it cannot sort by", { sortBy: { property: "color" } }, /Unable to sort on "color"/],
    ["a function to sort by", { sortBy: () => 0 }, /name a property/],
    ["a facet of text", { facets: { description: {} } }, /Cannot count by "description"/],
    ["a facet of numbers without ranges", { facets: { price: {} } }, /needs ranges/],
    ["part of the text", { properties: ["title"] }, /all text is searched/],
    ["boosts", { boost: { title: 2 } }, /Cannot search with "boost"/],
    ["groups", { groupBy: { properties: ["brand"] } }, /Cannot search with "groupBy"/],
    ["half a threshold", { threshold: 0.5 }, /it takes 0 or 1/],
    ["vectors", { mode: "vector" }, /there are no vectors/],
  ])("%s", async (_, params, message) => {
    const asked = async () => search(openShop(), { term: "red", ...params } as never);
    await expect(asked()).rejects.toThrow(message);
  });

  it.each([
    ["a list of texts that is no category", { tags: "string[]" }, /"tags"/],
    ["a vector", { title: "string", embedding: "vector[3]" }, /"embedding"/],
    ["a place", { where: "geopoint" }, /"where"/],
    ["a price in words", { price: "string" }, /"price"/],
    ["two titles", { title: "string", name: "string" }, /Both "title" and "name"/],
  ])("a schema with %s", (_, schema, message) => {
    expect(() => create({ schema: schema as never, plugins: [vitrineIndex()] })).toThrow(message);
  });

  it("takes any property for any role it is told", async () => {
    const plugin = vitrineIndex({ roles: { headline: "title", cost: "price" } });
    const db = create({ schema: { headline: "string", cost: "number" } as const, plugins: [plugin] });
    insertMultiple(db, [
      { id: "1", headline: "Lamp", cost: 3.5 },
      { id: "2", headline: "Lamp", cost: 2.5 },
    ]);
    const answer = await search(db, {
      term: "lamp",
      sortBy: { property: "cost" },
      where: { cost: { gt: 1 } },
    });
    expect(idsOf(answer)).toEqual(["2", "1"]);
  });
});
