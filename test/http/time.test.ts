import { describe, expect, test } from "vitest";
import { toRfc3339 } from "../../src/domain/time.ts";
import { Random } from "../index/random.ts";

const DAY = 86_400_000;
const END = Date.UTC(10_000, 0);

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

describe("a time is written as toISOString has it", () => {
  test("on each day from 1970 to 2400, at its first and last moment", () => {
    const wrong: number[] = [];
    for (let at = 0; at < Date.UTC(2400, 2); at += DAY) {
      for (const ms of [at, at + DAY - 1]) if (toRfc3339(ms) !== iso(ms)) wrong.push(ms);
    }
    expect(wrong).toEqual([]);
  });

  test("at any moment up to the year 9999, and at parts of a millisecond", () => {
    const random = new Random(7);
    const wrong: number[] = [];
    for (let i = 0; i < 50_000; i++) {
      const ms = random.below(END / DAY) * DAY + random.below(DAY) + (i % 3 === 0 ? 0.7 : 0);
      if (toRfc3339(ms) !== iso(ms)) wrong.push(ms);
    }
    expect(wrong).toEqual([]);
  });

  test.each([0, 0.5, 999.9, 951_782_400_000, END - 1, END - 0.5, END, -1, -0.5, -DAY, 8.64e15, -8.64e15])(
    "%d",
    (ms) => {
      expect(toRfc3339(ms)).toBe(iso(ms));
    },
  );

  test.each([Number.NaN, Infinity, 8.64e15 + 1])("and refused as it refuses %d", (ms) => {
    expect(() => toRfc3339(ms)).toThrow(RangeError);
  });
});
