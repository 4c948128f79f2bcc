import { describe, expect, test } from "vitest";
import { seeded } from "../../../bench/random.ts";
import { Histogram, HISTOGRAM_ERROR } from "../../../src/domain/metrics/histogram.ts";

type Random = () => number;

/** Times as they come, and as no one wishes them: of many sizes, on bounds, all alike, heavy in the tail, mostly nothing. */
const DATA: Record<string, (random: Random) => number> = {
  "exponential times": (random) => -Math.log(1 - random()) * 5,
  "a Pareto tail": (random) => 0.1 / (1 - random()) ** 1.5,
  "nine orders of magnitude": (random) => 10 ** (random() * 9 - 3),
  "bounds of buckets": (random) => 2 ** (Math.floor(random() * 600 - 300) / 32),
  "powers of two": (random) => 2 ** Math.floor(random() * 20 - 8),
  "one value": () => 7.3,
  "two values far apart": (random) => (random() < 0.99 ? 0.01 : 1_000_000),
  "mostly nothing": (random) => (random() < 0.6 ? 0 : random()),
};

function valuesOf(kind: string, seed: number): number[] {
  const random = seeded(seed);
  const count = 1 + Math.floor(random() * 3_000);
  return Array.from({ length: count }, () => DATA[kind](random));
}

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

/** The value of rank ⌈q·n⌉, as quantiles are defined here. */
function exactQuantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1];
}

const QUANTILES = [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1];
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed + 1);
const SMALLEST = 2 ** -10;

describe.each(Object.keys(DATA))("a histogram of %s", (kind) => {
  test.each(SEEDS)("keeps its error (seed %i)", (seed) => {
    const values = valuesOf(kind, seed);
    const histogram = histogramOf(values);
    const sorted = values.toSorted((a, b) => a - b);
    for (const q of QUANTILES) {
      const exact = exactQuantile(sorted, q);
      const allowed = Math.max(SMALLEST, exact * (HISTOGRAM_ERROR + 1e-9));
      expect(Math.abs((histogram.quantile(q) ?? NaN) - exact)).toBeLessThanOrEqual(allowed);
    }
    expect([histogram.count, histogram.min, histogram.max]).toEqual([
      values.length,
      sorted[0],
      sorted.at(-1),
    ]);
  });

  test.each(SEEDS)("merged from parts is that of the whole (seed %i)", (seed) => {
    const values = valuesOf(kind, seed);
    const random = seeded(seed + 1_000);
    const parts = Array.from({ length: 7 }, () => new Histogram());
    for (const value of values) parts[Math.floor(random() * parts.length)].add(value);
    const merged = new Histogram();
    for (const part of parts.toSorted(() => random() - 0.5)) merged.merge(Histogram.decode(part.encode()));
    const { sum, ...rest } = merged.encode();
    const whole = histogramOf(values).encode();
    expect({ ...rest, sum: whole.sum }).toEqual(whole);
    expect(Math.abs(sum - whole.sum)).toBeLessThanOrEqual(1e-9 * whole.sum);
  });

  test("counts exactly what is at most a power of two", () => {
    const values = valuesOf(kind, 77);
    const histogram = histogramOf(values);
    for (let exponent = -9; exponent <= 23; exponent++) {
      const exact = values.filter((value) => value <= 2 ** exponent).length;
      expect(histogram.countUpTo(exponent)).toBe(exact);
    }
  });
});

describe("a histogram", () => {
  test("of nothing has no quantiles", () => {
    const histogram = new Histogram();
    expect([histogram.quantile(0.5), histogram.count, histogram.min, histogram.max]).toEqual([null, 0, 0, 0]);
    expect(Histogram.decode(histogram.encode()).encode()).toEqual(histogram.encode());
  });

  test("takes whatever number comes, and no more room than its range", () => {
    const histogram = histogramOf([NaN, -5, -Infinity, 0, 5e-324, 1e-12, Number.MAX_VALUE, Infinity]);
    expect([histogram.count, histogram.min, histogram.max]).toEqual([7, 0, 2 ** 24]);
    expect(histogram.quantile(0.5)).toBeLessThanOrEqual(2 ** -10);
    const random = seeded(5);
    for (let i = 0; i < 100_000; i++) histogram.add(2 ** (random() * 80 - 40));
    expect(histogram.encode().buckets.length / 2).toBeLessThanOrEqual(34 * 32 + 1);
  });

  test("takes few numbers on the wire", () => {
    const random = seeded(6);
    const histogram = histogramOf(Array.from({ length: 10_000 }, () => 1 - 4 * Math.log(1 - random())));
    expect(JSON.stringify(histogram.encode()).length).toBeLessThan(1_500);
  });
});
