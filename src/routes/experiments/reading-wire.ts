import { toRfc3339 } from "../../domain/time.ts";
import type { ArmReading, Reading } from "../../services/experiments/reading-types.ts";

function armWire({ latency, ...arm }: ArmReading) {
  return { ...arm, latency_ms: latency };
}

/** A reading as `ReadingSchema` has it. */
export function readingWire({ split, warnings, ...reading }: Reading) {
  return {
    as_of: toRfc3339(reading.asOf),
    confidence: reading.confidence,
    arms: { control: armWire(reading.arms.control), treatment: armWire(reading.arms.treatment) },
    difference: reading.difference,
    lift: reading.lift,
    fixed_look: reading.fixedLook,
    latency_difference_ms: reading.latencyDifference,
    split: {
      expected: split.expected,
      observed: split.observed,
      chi_square: split.chiSquare,
      p_value: split.pValue,
      is_mismatch: split.isMismatch,
    },
    verdict: reading.verdict,
    warnings: [...warnings],
  };
}
