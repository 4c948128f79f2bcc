import type { Arm } from "../../domain/experiment.ts";

/** An estimate and the interval around it. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface ArmReading {
  /** Users or queries that were given this arm. */
  units: number;
  /** Answers that they got. */
  exposures: number;
  /** Of users: how many had the outcome. Of queries: how many answers had it. */
  conversions: number;
  /** Conversions by users, or by answers; `null` before the first. */
  rate: Estimate | null;
  latency: { median: Estimate; mean: number } | null;
}

export const WARNINGS = ["sample_ratio_mismatch", "few_units"] as const;
export type Warning = (typeof WARNINGS)[number];

export const VERDICTS = ["too_few", "undecided", "treatment_better", "control_better", "invalid"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How an experiment stands. Rates are shares, latencies milliseconds. */
export interface Reading {
  /** Milliseconds since the epoch. */
  asOf: number;
  confidence: number;
  arms: Readonly<Record<Arm, ArmReading>>;
  /** Treatment minus control, by a confidence sequence: right however often it is looked at. */
  difference: Estimate | null;
  /** The difference as a share of the control's rate, likewise. */
  lift: Estimate | null;
  /** Of the difference, right for one look at a time set beforehand; `null` for queries. */
  fixedLook: { low: number; high: number } | null;
  /** Of mean latencies, treatment minus control, by a confidence sequence. */
  latencyDifference: Estimate | null;
  split: {
    expected: number;
    observed: number | null;
    chiSquare: number;
    pValue: number;
    isMismatch: boolean;
  };
  verdict: Verdict;
  warnings: readonly Warning[];
}
