import { describe, expect, test } from "vitest";
import { slopeOf, studentT } from "../../bench/mixed/slope.ts";
import { seeded } from "../../bench/random.ts";

const MB = 2 ** 20;

/** 20 minutes of memory that begins with 100 MB, grows by so many percent in ten, and wanders. */
function memory(percent: number, noise: number, { seed = 1, memoryOfNoise = 0 } = {}) {
  const random = seeded(seed);
  let wander = 0;
  return Array.from({ length: 20 }, (_, minutes) => {
    wander = memoryOfNoise * wander + noise * (random() + random() - 1);
    return { minutes, bytes: 100 * MB * (1 + (percent / 100) * (minutes / 10) + wander) };
  });
}

function covers(percent: number, options: { seed: number; memoryOfNoise?: number }): boolean {
  const { low, high } = slopeOf(memory(percent, 0.02, options)) ?? { low: 1, high: 0 };
  return low <= percent && percent <= high;
}

describe("the slope of memory", () => {
  test("a line is found exactly", () => {
    const slope = slopeOf(memory(3, 0));
    expect(slope?.percent).toBeCloseTo(3, 6);
    expect([slope?.low, slope?.high]).toEqual([expect.closeTo(3, 6), expect.closeTo(3, 6)]);
    expect(slope?.bytes).toBeCloseTo(100 * MB, 0);
  });

  test("its interval has the true slope in about 95 of 100 runs", () => {
    const hits = Array.from({ length: 1_000 }, (_, seed) => covers(0.5, { seed })).filter(Boolean);
    expect(hits.length).toBeGreaterThan(930);
    expect(hits.length).toBeLessThan(995);
  });

  test("memory that wanders slowly has a wider interval than least squares alone give it", () => {
    const width = (memoryOfNoise: number) => {
      const { low, high } = slopeOf(memory(0, 0.02, { memoryOfNoise })) ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(width(0.8)).toBeGreaterThan(2 * width(0));
  });

  test("too few points have none", () => {
    expect(slopeOf(memory(3, 0).slice(0, 4))).toBeNull();
  });

  test("memory of which each point follows the one before shows nothing", () => {
    const steps = memory(0, 0).map(({ minutes, bytes }) => ({
      minutes,
      bytes: bytes * (minutes % 10 < 5 ? 1 : 1.1),
    }));
    expect(slopeOf(steps)).toMatchObject({ low: -Infinity, high: Infinity });
  });

  test("t by degrees of freedom", () => {
    expect([5, 10, 30, 1_000].map((freedom) => Number(studentT(freedom).toFixed(2)))).toEqual([
      2.57, 2.23, 2.04, 1.96,
    ]);
  });
});
