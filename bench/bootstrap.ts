import { pickIndex } from "./random.ts";
import type { Random } from "./random.ts";
import { median, percentile } from "./statistics.ts";

/** A ratio, and the interval in which it lies with so much confidence. */
export interface Interval {
  estimate: number;
  low: number;
  high: number;
}

const RESAMPLES = 2_000;
const CONFIDENCE_PERCENT = 95;

function resampled<T>(values: readonly T[], random: Random): T[] {
  return values.map(() => values[pickIndex(random, values.length)]);
}

/**
 * The ratio of two programs by `forks[i][j]`: round j of pair i of processes. The estimate is the median of the pairs'
 * medians. A pair differs from the next by more than its rounds do (layout of memory, what was compiled when), so that the
 * bootstrap draws pairs first and rounds within them (Davison and Hinkley, Bootstrap Methods, 3.8: nested resampling).
 */
export function ratioInterval(forks: readonly (readonly number[])[], random: Random): Interval {
  const draws = Array.from({ length: RESAMPLES }, () =>
    median(resampled(forks, random).map((rounds) => median(resampled(rounds, random)))),
  ).toSorted((a, b) => a - b);
  const tail = (100 - CONFIDENCE_PERCENT) / 2;
  return {
    estimate: median(forks.map(median)),
    low: percentile(draws, tail),
    high: percentile(draws, 100 - tail),
  };
}
