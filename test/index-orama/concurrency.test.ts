import { insert, remove, search } from "@orama/orama";
import { describe, expect, it } from "vitest";
import { idsOf, openShop } from "./shop.ts";

describe("searches at once", () => {
  it("give each its own answer", async () => {
    const db = openShop();
    const asked = [
      [{ term: "red", where: { brand: "Acme" }, limit: 1 }, 2, 1],
      [{ term: "", where: { inStock: false } }, 1, 1],
      [{ term: "lamp", facets: { brand: {} } }, 1, 1],
      [{ term: "running", offset: 1 }, 2, 1],
      [{ term: "", sortBy: { property: "price", order: "ASC" }, limit: 2 }, 4, 2],
    ] as const;
    const alone = [];
    for (const [params] of asked) alone.push(await search(db, { ...params } as never));
    const many = Array.from({ length: 20 }, (_, i) => asked[i % asked.length][0]);
    const together = await Promise.all(many.map((params) => search(db, { ...params } as never)));
    for (const [i, answer] of together.entries()) {
      const { hits, count, facets } = alone[i % asked.length];
      expect({ ids: idsOf(answer), count: answer.count, facets: answer.facets }).toEqual({
        ids: hits.map(({ id }) => id),
        count,
        facets,
      });
    }
    for (const [i, [, total, page]] of asked.entries()) {
      expect([alone[i].count, alone[i].hits.length]).toEqual([total, page]);
    }
  });

  it("answer alike when they share one object of parameters", async () => {
    const db = openShop();
    const params = { term: "red", facets: { brand: {} } } as never;
    const [first, second] = await Promise.all([search(db, params), search(db, params)]);
    expect(first.facets).toEqual({ brand: { count: 1, values: { Acme: 2 } } });
    expect(second.facets).toEqual(first.facets);
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it("see the documents of one moment, whatever is written meanwhile", async () => {
    const db = openShop();
    const searches = [search(db, { term: "red", facets: { brand: {} } as never })];
    insert(db, { id: "e", title: "Red hat", brand: "Acme" });
    searches.push(search(db, { term: "red", facets: { brand: {} } as never }));
    remove(db, "a");
    for (const answer of await Promise.all(searches)) {
      const counted = Object.values(answer.facets?.brand.values ?? {}).reduce((sum, n) => sum + n, 0);
      expect(counted).toBe(answer.count);
      expect(answer.hits).toHaveLength(answer.count);
    }
  });
});
