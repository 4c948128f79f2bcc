import { record } from "../api.ts";

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface Arm {
  units: number;
  exposures: number;
  conversions: number;
  rate: Estimate | null;
  latency_ms: { median: Estimate; mean: number } | null;
}

/** What of the API's `Experiment` is shown. */
export type Experiment = Readonly<Record<string, unknown>> & {
  name: string;
  parameter: string;
  control: unknown;
  treatment: unknown;
  unit: "user" | "query";
  outcome: string;
  decision: string | null;
  reading: {
    confidence: number;
    arms: { control: Arm; treatment: Arm };
    difference: Estimate | null;
    lift: Estimate | null;
    latency_difference_ms: Estimate | null;
    split: { expected: number; observed: number | null; p_value: number; is_mismatch: boolean };
    verdict: string;
    warnings: readonly string[];
  };
};

/** One experiment of an answer; anything else is no answer of this service. */
export function experimentOf(value: unknown): Experiment {
  const fields = record(value);
  record(record(fields.reading).arms);
  // Sound: the service's answers are as its document has them.
  return fields as Experiment;
}
