import { describe, expect, test } from "vitest";
import { mulberry32 } from "../../src/domain/random.ts";
import { Sketch, SKETCH_ERROR } from "../../src/domain/sketch.ts";
import { estimateOf } from "../../src/domain/sketch-estimate.ts";
import { hashOf } from "../../src/domain/sketch-hash.ts";

function unionOf(...parts: Sketch[]): Sketch {
  const union = new Sketch();
  for (const part of parts) union.merge(part);
  return union;
}

function someUsers(seed: number, count: number, below: number): number[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, () => Math.floor(random() * below));
}

/** Sets of all sizes and densities: empty, sparse lists, dense lists and registers. */
const SETS = [
  [],
  [0],
  someUsers(1, 900, 2 ** 53),
  someUsers(2, 8_000, 20_000),
  someUsers(3, 8_000, 40_000),
  someUsers(4, 60_000, 1_000_000),
  someUsers(5, 30_000, 2 ** 40),
];

describe("a union", () => {
  test("is the same in any order, grouping and form", () => {
    for (const a of SETS) {
      for (const b of SETS) {
        for (const c of [SETS[1], SETS[5]]) {
          const all = Sketch.of([...a, ...b, ...c]).encode();
          const [A, B, C] = [a, b, c].map((users) => Sketch.of(users));
          expect(unionOf(unionOf(A, B), C).encode()).toEqual(all);
          expect(unionOf(C, unionOf(B, A)).encode()).toEqual(all);
        }
      }
    }
  });

  test("with itself changes nothing", () => {
    for (const users of SETS) {
      const sketch = Sketch.of(users);
      expect(unionOf(sketch, sketch).encode()).toEqual(sketch.encode());
    }
  });

  test("leaves what it takes in as it was", () => {
    const part = Sketch.of([1, 2]);
    unionOf(part, Sketch.of([3]), Sketch.of(SETS[5]));
    expect(part.count).toBe(2);
  });
});

describe("a count", () => {
  test("is exact to 1,500 users of any numbers, and to 12,000 of small ones", () => {
    const spread = new Set(someUsers(6, 1_500, 2 ** 53));
    expect(Sketch.of(spread)).toMatchObject({ isExact: true, count: spread.size });
    const dense = Array.from({ length: 12_000 }, (_, index) => index * 3 + 7);
    expect(Sketch.of([...dense, ...dense])).toMatchObject({ isExact: true, count: 12_000 });
  });

  test("beyond is within 2 % in 95 of 100 cases, and its error the stated one", () => {
    const seeds = 400;
    for (const size of [300, 3_000, 20_000, 40_000, 120_000]) {
      const errors: number[] = [];
      for (let seed = 0; seed < seeds; seed++) errors.push(estimate(size, seed) / size - 1);
      const rse = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / seeds);
      const bias = errors.reduce((sum, error) => sum + error, 0) / seeds;
      const sorted = errors.map(Math.abs).toSorted((a, b) => a - b);
      const p95 = sorted[Math.floor(seeds * 0.95)];
      console.log({ size, rse, bias, p95 });
      expect(p95).toBeLessThanOrEqual(0.02);
      expect(rse).toBeLessThanOrEqual(SKETCH_ERROR * 1.15);
      expect(Math.abs(bias)).toBeLessThanOrEqual(SKETCH_ERROR * 0.25);
    }
  }, 120_000);

  test("of consecutive numbers as the database gives them is as good", () => {
    for (const size of [20_000, 100_000, 1_000_000]) {
      const users = (function* () {
        for (let user = 1; user <= size; user++) yield user;
      })();
      const sketch = new Sketch();
      sketch.add(users);
      expect(sketch.isExact).toBe(false);
      expect(Math.abs(sketch.count / size - 1)).toBeLessThan(3 * SKETCH_ERROR);
    }
  });
});

/** The estimate of `size` consecutive numbers by registers alone, under another hash for each seed. */
function estimate(size: number, seed: number): number {
  const registers = new Uint8Array(2 ** 14);
  for (let user = 1; user <= size; user++) {
    const { high, low } = hashOf(user, seed * 7_919);
    const rest = (high << 14) >>> 0;
    const rank = 1 + (rest === 0 ? 18 + Math.clz32(low) : Math.clz32(rest));
    const index = high >>> 18;
    if (rank > registers[index]) registers[index] = rank;
  }
  return estimateOf(registers, 51);
}

describe("bytes", () => {
  test("come back as they were", () => {
    for (const users of SETS) {
      const bytes = Sketch.of(users).encode();
      const decoded = Sketch.decode(bytes);
      expect(decoded?.encode()).toEqual(bytes);
      expect(decoded?.count).toBe(Sketch.of(users).count);
    }
  });

  test("are at most 12,289", () => {
    for (const users of SETS) expect(Sketch.of(users).encode().length).toBeLessThanOrEqual(12_289);
  });

  test("of another format, or cut, are not taken", () => {
    const list = Sketch.of([5, 1_000_000]).encode();
    const dense = Sketch.of(SETS[5]).encode();
    const bad = [
      new Uint8Array(),
      new Uint8Array([9]),
      list.slice(0, -1),
      dense.slice(0, -1),
      new Uint8Array([1, 5, 0]),
    ];
    for (const bytes of bad) expect(Sketch.decode(bytes)).toBeNull();
  });
});
