import { describe, expect, it } from "vitest";
import type { Product } from "../../src/domain/product.ts";
import { search } from "../../src/index/search.ts";
import { applyChanges, createSnapshot, tombstone } from "../../src/index/snapshot.ts";
import type { IndexSnapshot } from "../../src/index/snapshot.ts";
import { ENOUGH } from "../../src/index/scoring.ts";
import type { SearchRequest } from "../../src/index/types.ts";
import { segmentOf, snapshotOf } from "./fixtures.ts";
import { Oracle } from "./oracle.ts";
import { Random, randomProduct, randomRequest } from "./random.ts";

const CATALOGUES = 60;
const REQUESTS = 50;

function catalogue(random: Random, size: number): Product[] {
  return Array.from({ length: size }, (_, i) => randomProduct(random, `p${(i * 7919) % 997}`));
}

/** The same live products, spread over segments, tombstones and a delta by chance. */
function spread(random: Random, products: readonly Product[]): IndexSnapshot {
  const parts: Product[][] = Array.from({ length: 1 + random.below(3) }, () => []);
  for (const product of products) random.pick(parts).push(product);
  const ghosts = catalogue(random, 6).map((ghost, i) => ({ ...ghost, id: `ghost${i}` }));
  const segments = parts.map((part) => {
    const segment = segmentOf([...part, ...ghosts]);
    return {
      segment,
      dead: tombstone(
        segment,
        null,
        ghosts.map(({ id }) => id),
      ),
    };
  });
  return createSnapshot({ version: "1", segments });
}

function answerOf(snapshot: IndexSnapshot, request: SearchRequest) {
  const { total, hits, facets, next } = search(snapshot, request);
  return { total, hits: hits.map(({ id, score }) => ({ id, score })), facets: { ...facets }, next };
}

/** Runs random operations on both a snapshot and a plain map. */
function evolve(random: Random, steps: number): { snapshot: IndexSnapshot; live: Product[] } {
  const live = new Map<string, Product>();
  let snapshot = createSnapshot({ version: "0", segments: [] });
  for (let step = 0; step < steps; step++) {
    const upserts = Array.from({ length: random.below(5) }, () =>
      randomProduct(random, `p${random.below(60)}`),
    );
    const deletes = Array.from({ length: random.below(3) }, () => `p${random.below(60)}`);
    snapshot = applyChanges(snapshot, { upserts, deletes }, String(step));
    for (const product of upserts) live.set(product.id, product);
    for (const id of deletes) live.delete(id);
  }
  return { snapshot, live: [...live.values()] };
}

describe("search beside a brute-force oracle", () => {
  it("gives the same ids, order, scores, totals, facets and cursors for random catalogues and requests", () => {
    for (let seed = 0; seed < CATALOGUES; seed++) {
      const random = new Random(seed);
      const products = catalogue(random, 2 + random.below(50));
      const oracle = new Oracle(products);
      const snapshot = spread(random, products);
      for (let i = 0; i < REQUESTS; i++) {
        const request = randomRequest(random);
        expect(answerOf(snapshot, request), `seed ${seed} request ${JSON.stringify(request)}`).toEqual(
          oracle.search(request),
        );
      }
    }
  });

  it("gives the same where full matches are enough and partial ones are left out", () => {
    let enough = 0;
    for (let seed = 100; seed < 104; seed++) {
      const random = new Random(seed);
      const products = catalogue(random, 900);
      const oracle = new Oracle(products);
      const snapshot = spread(random, products);
      for (let i = 0; i < 30; i++) {
        const request = randomRequest(random);
        const answer = answerOf(snapshot, request);
        expect(answer, `seed ${seed} request ${JSON.stringify(request)}`).toEqual(oracle.search(request));
        if (request.query.includes(" ") && answer.total >= ENOUGH) enough++;
      }
    }
    expect(enough).toBeGreaterThan(5);
  });

  it("gives each hit once, page after page, in the order of one long page", () => {
    const random = new Random(4_242);
    const products = catalogue(random, 80);
    const snapshot = spread(random, products);
    const oracle = new Oracle(products);
    for (let i = 0; i < 60; i++) {
      const request = { ...randomRequest(random), limit: 1 + random.below(9), facets: [] };
      const ids: string[] = [];
      let after: SearchRequest["after"] = null;
      do {
        const answer = search(snapshot, { ...request, after });
        ids.push(...answer.hits.map(({ id }) => id));
        after = answer.next;
      } while (after !== null);
      expect(ids).toEqual(oracle.search({ ...request, limit: 1_000 }).hits.map(({ id }) => id));
    }
  });
});

describe("a snapshot after changes", () => {
  it("answers bit for bit as one built anew from the live products", () => {
    for (let seed = 0; seed < 25; seed++) {
      const random = new Random(10_000 + seed);
      const { snapshot, live } = evolve(random, 5 + random.below(40));
      const rebuilt = snapshotOf(live);
      expect(snapshot.liveCount).toBe(live.length);
      for (let i = 0; i < 25; i++) {
        const request = { ...randomRequest(random), explain: true };
        const { hits, ...rest } = search(snapshot, request);
        const { hits: expected, ...others } = search(rebuilt, request);
        expect(rest, `seed ${seed} ${JSON.stringify(request)}`).toEqual(others);
        expect(hits, `seed ${seed} ${JSON.stringify(request)}`).toEqual(expected);
      }
    }
  });
});
