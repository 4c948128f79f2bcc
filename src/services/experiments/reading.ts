import { ALPHA, newcombe, ratioOf, sequenceFactor, splitTest, wilson, Z } from "../../domain/confidence.ts";
import type { Sums } from "../../domain/confidence.ts";
import type { Unit } from "../../domain/experiment.ts";
import type { BucketCount } from "../../domain/latency-histogram.ts";
import { medianOf } from "./latency-reading.ts";
import type { ArmReading, Estimate, Reading, Verdict, Warning } from "./reading-types.ts";

/** What was counted of one arm, as `experiment_counts` and `experiment_latencies` have it. */
export interface ArmCounts extends Sums {
  t: number;
  tt: number;
  nt: number;
  /** In the order of their buckets. */
  latencies: readonly BucketCount[];
}

export interface Counts {
  control: ArmCounts;
  treatment: ArmCounts;
}

export const NO_COUNTS: ArmCounts = {
  units: 0,
  n: 0,
  y: 0,
  t: 0,
  nn: 0,
  yy: 0,
  ny: 0,
  tt: 0,
  nt: 0,
  latencies: [],
};

/** The sequence holds in the limit: below this nothing is read from it. */
const LEAST_UNITS = 100;
const LEAST_CONVERSIONS = 20;
/** Small, since it is looked at often. */
const MISMATCH = 0.001;

/** Reads what was counted; a function of its arguments alone. */
export function readingOf(
  { control, treatment }: Counts,
  { unit, share, asOf }: { unit: Unit; share: number; asOf: number },
): Reading {
  const [a, b] = [rated(control, unit), rated(treatment, unit)];
  const { chiSquare, pValue } = splitTest(control.units, treatment.units, share);
  const units = control.units + treatment.units;
  const isMismatch = pValue < MISMATCH;
  const isEnough =
    Math.min(control.units, treatment.units) >= LEAST_UNITS && control.y + treatment.y >= LEAST_CONVERSIONS;
  const factor = units > 0 ? sequenceFactor(units) : 0;
  const difference = isEnough ? differenceOf(ratioWithFloor(a), ratioWithFloor(b), factor) : null;
  const warnings: Warning[] = [];
  if (isMismatch) warnings.push("sample_ratio_mismatch");
  if (!isEnough) warnings.push("few_units");
  return {
    asOf,
    confidence: 1 - ALPHA,
    arms: { control: armOf(control, a, unit), treatment: armOf(treatment, b, unit) },
    difference,
    lift: isEnough ? liftOf(ratioWithFloor(a), ratioWithFloor(b), factor) : null,
    fixedLook: isEnough && unit === "user" ? newcombe([a.y, a.n], [b.y, b.n]) : null,
    latencyDifference: isEnough ? differenceOf(latencyRatio(control), latencyRatio(treatment), factor) : null,
    split: {
      expected: share,
      observed: units > 0 ? treatment.units / units : null,
      chiSquare,
      pValue,
      isMismatch,
    },
    verdict: verdictOf(isMismatch, difference),
    warnings,
  };
}

/** What the rate is of: of users, how many had the outcome; of queries, how many of their answers had it. */
function rated({ units, n, y, nn, yy, ny }: ArmCounts, unit: Unit): Sums {
  return unit === "user" ? { units, n: units, y, nn: units, yy: y, ny: y } : { units, n, y, nn, yy, ny };
}

type Ratio = { value: number; error: number } | null;

/** The error is at least that of a share near, but not at, 0 or 1: without outcomes, nothing varies. */
function ratioWithFloor(sums: Sums): Ratio {
  const ratio = ratioOf(sums);
  if (ratio === null) return null;
  const near = (Math.min(sums.y, sums.n) + 1) / (sums.n + 2);
  return { value: ratio.value, error: Math.max(ratio.error, Math.sqrt((near * (1 - near)) / sums.n)) };
}

function differenceOf(a: Ratio, b: Ratio, factor: number): Estimate | null {
  if (a === null || b === null) return null;
  const half = factor * Math.hypot(a.error, b.error);
  const value = b.value - a.value;
  return { value, low: value - half, high: value + half };
}

/** By the logarithm, so that the range is right for small shares too. */
function liftOf(a: Ratio, b: Ratio, factor: number): Estimate | null {
  if (a === null || b === null || a.value <= 0 || b.value <= 0) return null;
  const log = Math.log(b.value / a.value);
  const half = factor * Math.hypot(a.error / a.value, b.error / b.value);
  return { value: Math.expm1(log), low: Math.expm1(log - half), high: Math.expm1(log + half) };
}

function latencyRatio({ units, n, t, nn, tt, nt }: ArmCounts): Ratio {
  return ratioOf({ units, n, y: t, nn, yy: tt, ny: nt });
}

function armOf(counts: ArmCounts, sums: Sums, unit: Unit): ArmReading {
  const { units, n: exposures, y: conversions } = counts;
  return { units, exposures, conversions, rate: rateOf(sums, unit), latency: latencyOf(counts) };
}

function rateOf(sums: Sums, unit: Unit): Estimate | null {
  if (sums.n === 0) return null;
  const value = sums.y / sums.n;
  if (unit === "user") return { value, ...wilson(sums.y, sums.n) };
  const ratio = ratioWithFloor(sums);
  if (ratio === null) return null;
  return { value, low: Math.max(0, value - Z * ratio.error), high: value + Z * ratio.error };
}

function latencyOf(counts: ArmCounts): ArmReading["latency"] {
  const ratio = latencyRatio(counts);
  if (ratio === null) return null;
  return { median: medianOf(counts.latencies, ratio.error), mean: ratio.value };
}

function verdictOf(isMismatch: boolean, difference: Estimate | null): Verdict {
  if (isMismatch) return "invalid";
  if (difference === null) return "too_few";
  if (difference.low > 0) return "treatment_better";
  return difference.high < 0 ? "control_better" : "undecided";
}
