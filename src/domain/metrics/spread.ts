import type { Histogram } from "./histogram.ts";

/** Of values in milliseconds; quantiles within `HISTOGRAM_ERROR`, the others exact. */
export interface Spread {
  count: number;
  mean: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

/** `null` where nothing was measured. */
export function spreadOf(histogram: Histogram): Spread | null {
  const { count, sum, max } = histogram;
  if (count === 0) return null;
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((q) => rounded(histogram.quantile(q) ?? 0));
  return { count, mean: rounded(sum / count), p50, p90, p99, max: rounded(max) };
}

/** To a microsecond. */
export function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
