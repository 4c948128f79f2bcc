import { describe, expect, it } from "vitest";
import { search } from "../../src/index/search.ts";
import { found, product, snapshotOf, titles } from "./fixtures.ts";
import { request } from "./random.ts";

describe("hostile input", () => {
  const texts = [
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "a'; DROP TABLE x;--",
    ".*+?^${}()|[]\\",
    "🎉",
    "%",
    "\u0001",
    "-",
    '"',
    '-"',
    "'",
  ];

  it("finds documents whatever they are called", () => {
    const snapshot = snapshotOf([
      product("__proto__", { title: "__proto__", brand: "constructor", attributes: { toString: "x" } }),
    ]);
    expect(search(snapshot, request("__proto__")).hits.map(({ id }) => id)).toEqual(["__proto__"]);
    const answer = search(
      snapshot,
      request("", { facets: ["brand", "attributes.toString", "attributes.__proto__"] }),
    );
    expect(answer.facets).toEqual({
      brand: [{ value: "constructor", count: 1 }],
      "attributes.toString": [{ value: "x", count: 1 }],
      "attributes.__proto__": [],
    });
  });

  it("answers any query", () => {
    const snapshot = snapshotOf(texts.map((text, i) => product(`p${i}`, { title: text, description: text })));
    for (const text of texts)
      for (const other of texts) search(snapshot, request(`${text} ${other}${text}`, { explain: true }));
    expect(search(snapshot, request("constructor")).total).toBe(1);
  });

  it("reads a bounded part of a query of ten thousand words", () => {
    const snapshot = titles(...Array.from({ length: 200 }, (_, i) => `word${i} lamp`));
    const started = performance.now();
    search(snapshot, request("word1 lmap ".repeat(10_000)));
    search(snapshot, request("x".repeat(1_000_000)));
    search(snapshot, request('"a '.repeat(10_000)));
    search(snapshot, request("-a ".repeat(10_000)));
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("indexes a bounded part of a title of a megabyte", () => {
    const snapshot = titles("lamp ".repeat(200_000), "a");
    expect(search(snapshot, request("lamp")).total).toBe(1);
  });

  it("takes limits and cursors that make no sense", () => {
    const snapshot = titles("lamp", "lamp");
    for (const limit of [0, -1, Number.NaN, 1e9])
      expect(search(snapshot, request("lamp", { limit })).hits.length).toBeGreaterThan(0);
    expect(search(snapshot, request("lamp", { after: { key: -1, id: "" } })).hits).toEqual([]);
    expect(search(snapshot, request("lamp", { after: { key: Number.NaN, id: "\ud800" } })).total).toBe(2);
  });

  it("leaves nothing behind for the next search", () => {
    const snapshot = titles("red lamp", "blue lamp", "red chair");
    const fresh = found(snapshot, "red");
    search(snapshot, request('lamp "blue lamp" -red', { facets: ["brand"] }));
    expect(found(snapshot, "red")).toEqual(fresh);
    expect(search(snapshot, request("chair")).total).toBe(1);
  });
});
