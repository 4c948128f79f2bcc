import { describe, expect, it } from "vitest";
import { areaPath, linePath, runsOf } from "../../src/web/dashboard/path.ts";
import { anchorAt } from "../../src/web/dashboard/plot-frame.ts";
import {
  bandCentre,
  nearestIndex,
  niceTicks,
  pointPosition,
  verticalScale,
} from "../../src/web/dashboard/scale.ts";

describe("round numbers of an axis", () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [10, [0, 5, 10]],
    [97, [0, 25, 50, 75, 100]],
    [16_512, [0, 5_000, 10_000, 15_000, 20_000]],
    [1_000_000, [0, 250_000, 500_000, 750_000, 1_000_000]],
  ])("up to %d", (max, ticks) => {
    expect(niceTicks(max)).toEqual(ticks);
  });

  it("reach the greatest, are whole, and are neither many nor few, for any greatest", () => {
    for (let max = 1; max < 5e9; max = Math.ceil(max * 1.37)) {
      const ticks = niceTicks(max);
      expect(ticks[0]).toBe(0);
      expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(max);
      expect(ticks[ticks.length - 2]).toBeLessThan(max);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
    }
  });

  it("take what is no number as nothing", () => {
    expect(niceTicks(Number.NaN)).toEqual([0, 1]);
    expect(niceTicks(-4)).toEqual([0, 1]);
  });
});

describe("places", () => {
  it("go from the bottom up", () => {
    const y = verticalScale(50, 20, 220);
    expect([y(0), y(25), y(50)]).toEqual([220, 120, 20]);
    expect(verticalScale(0, 20, 220)(0)).toBe(220);
  });

  it("fill the width, lines to the edges and bars with half a band beside", () => {
    expect([0, 1, 2].map((index) => pointPosition(index, 3))).toEqual([0, 50, 100]);
    expect(pointPosition(0, 1)).toBe(50);
    expect([0, 3].map((index) => bandCentre(index, 4))).toEqual([12.5, 87.5]);
  });

  it("find the nearest point to a pointer, also beyond the edges", () => {
    expect([-0.2, 0, 0.24, 0.26, 0.99, 1.4].map((share) => nearestIndex(share, 3, false))).toEqual([
      0, 0, 0, 1, 2, 2,
    ]);
    expect([0.32, 0.34, 1].map((share) => nearestIndex(share, 3, true))).toEqual([0, 1, 2]);
  });

  it("keep labels within at the edges", () => {
    expect([0, 50, 100].map(anchorAt)).toEqual(["start", "middle", "end"]);
  });
});

/** The heights that a path of cubic curves passes through, 20 to a curve. */
function heightsOf(path: string): number[] {
  const numbers = [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  return Array.from({ length: (ys.length - 1) / 3 }, (_, curve) =>
    ys.slice(curve * 3, curve * 3 + 4),
  ).flatMap(([a, b, c, d]) =>
    Array.from({ length: 21 }, (_, step) => {
      const t = step / 20;
      return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;
    }),
  );
}

describe("a line", () => {
  it("passes through its points and never swings beyond two neighbours", () => {
    const ys = [100, 100, 0, 3, 90, 91, 91, 40, 0, 0, 70];
    const points = ys.map((y, index) => ({ x: index * 10, y }));
    const heights = heightsOf(linePath(points));
    ys.slice(1).forEach((y, index) => {
      const between = heights.slice(index * 21, index * 21 + 21);
      expect(between[0]).toBeCloseTo(ys[index], 1);
      expect(between[20]).toBeCloseTo(y, 1);
      expect(Math.min(...between)).toBeGreaterThanOrEqual(Math.min(y, ys[index]) - 0.1);
      expect(Math.max(...between)).toBeLessThanOrEqual(Math.max(y, ys[index]) + 0.1);
    });
  });

  it("stays open where a value is missing, and draws a lone point", () => {
    const points = [{ x: 0, y: 5 }, { x: 10, y: 6 }, null, { x: 30, y: 7 }, null];
    expect(runsOf(points).map((run) => run.length)).toEqual([2, 1]);
    expect(linePath(points)).toBe("M0 5C3.3 5.3 6.7 5.7 10 6M30 7h0");
    expect(areaPath(points, 9)).toBe("M0 5C3.3 5.3 6.7 5.7 10 6L10 9L0 9Z");
  });

  it("is nothing where there is nothing", () => {
    expect(linePath([])).toBe("");
    expect(linePath([null, null])).toBe("");
    expect(areaPath([{ x: 0, y: 1 }], 9)).toBe("");
  });
});
