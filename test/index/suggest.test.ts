import { describe, expect, it } from "vitest";
import { suggest } from "../../src/index/suggest.ts";
import { product, snapshotOf } from "./fixtures.ts";

const snapshot = snapshotOf([
  product("a", { title: "Laptop stand", brand: "Lumo", category: ["Tech", "Laptops"] }),
  product("b", { title: "Laptop bag", brand: "Lumo", category: ["Tech", "Laptops"] }),
  product("c", { title: "Laptop bag blue", brand: "Acme", category: ["Bags"] }),
  product("d", { title: "Desk", brand: "Acme", category: ["Home"] }),
]);
const texts = (query: string, kind?: string): string[] =>
  suggest(snapshot, query, 10)
    .filter((suggestion) => kind === undefined || suggestion.kind === kind)
    .map(({ text }) => text);

describe("suggest", () => {
  it("completes the last word from its first letter on", () => {
    expect(texts("l", "query")).toContain("laptop");
    expect(texts("l", "brand")).toEqual(["Lumo"]);
    expect(texts("lap", "category")).toEqual(["Tech/Laptops"]);
  });

  it("adds the word that often follows, and keeps the words before", () => {
    expect(texts("lapt", "query")).toEqual(["laptop", "laptop bag"]);
    expect(texts("blue lap", "query")).toEqual(["blue laptop", "blue laptop bag"].slice(0, 1));
    expect(texts("laptop ", "query")[0]).toBe("laptop bag");
  });

  it("names products with their id and what was typed marked", () => {
    const product = suggest(snapshot, "des", 10).find(({ kind }) => kind === "product");
    expect(product).toEqual({ text: "Desk", kind: "product", id: "d", highlights: [[0, 3]] });
  });

  it("completes what was probably meant by a misspelt word", () => {
    expect(texts("lpatop", "query")[0]).toBe("laptop");
  });

  it("gives each text once a kind and no more than asked for", () => {
    const named = suggest(snapshot, "laptop bag", 10).map(({ text, kind }) => `${kind} ${text}`);
    expect(new Set(named).size).toBe(named.length);
    expect(suggest(snapshot, "l", 3).length).toBe(3);
    expect(suggest(snapshot, "l", 1_000).length).toBeLessThanOrEqual(10);
  });

  it.each(["", " ", "🎉", "\0", '"', "zzzzzzzz"])("has nothing to say to %j", (query) => {
    expect(suggest(snapshot, query, 10)).toEqual([]);
  });
});
