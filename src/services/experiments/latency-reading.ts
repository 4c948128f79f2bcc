import { Z } from "../../domain/confidence.ts";
import { edgesOf, quantileOf } from "../../domain/latency-histogram.ts";
import type { BucketCount } from "../../domain/latency-histogram.ts";
import type { Estimate } from "./reading-types.ts";

/**
 * The median with its range for one look: the quantiles at which a share of one half may lie (Woodruff, "Confidence intervals for
 * medians and other position measures", JASA 47, 1952). Exposures of one unit are alike, so the share's error is widened by what
 * that does to the mean, whose error by units is `meanError`.
 */
export function medianOf(buckets: readonly BucketCount[], meanError: number): Estimate {
  const total = buckets.reduce((sum, { exposures }) => sum + exposures, 0);
  const alone = varianceOf(buckets) / total;
  const widening = alone > 0 ? Math.max(1, (meanError * meanError) / alone) : 1;
  const half = Z * Math.sqrt((0.25 * widening) / total);
  return {
    value: quantileOf(buckets, 0.5),
    low: quantileOf(buckets, 0.5 - half),
    high: quantileOf(buckets, 0.5 + half),
  };
}

function varianceOf(buckets: readonly BucketCount[]): number {
  let [total, sum, squares] = [0, 0, 0];
  for (const { bucket, exposures } of buckets) {
    const [low, high] = edgesOf(bucket);
    const middle = (low + high) / 2;
    total += exposures;
    sum += exposures * middle;
    squares += exposures * middle * middle;
  }
  return total === 0 ? 0 : Math.max(0, squares / total - (sum / total) ** 2);
}
