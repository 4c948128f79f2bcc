import type { Invocation } from "../command.ts";
import { grouped, printRows } from "../output.ts";
import type { Arm, Estimate, Experiment } from "./answer.ts";

const SAID: Readonly<Record<string, string>> = {
  too_few: "too few units to tell",
  undecided: "no difference shown yet",
  treatment_better: "the treatment is better",
  control_better: "the control is better",
  invalid: "not to be believed: the arms are not of the sizes that were asked for",
};

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** A difference of shares, which is not a share of anything: `3.81 points`. */
function points(share: number): string {
  return (share * 100).toFixed(2);
}

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}

/** `+1.20 % (-0.10 % to +2.50 %)`; the range after what it is of. */
function range(
  { value, low, high }: Estimate,
  write: (value: number) => string,
  isDifference = true,
): string {
  const text = (one: number) => (isDifference ? signed(write(one), one) : write(one));
  return `${text(value)} (${text(low)} to ${text(high)})`;
}

/** One line of a list. */
export function summaryOf({ name, parameter, decision, reading }: Experiment): Record<string, unknown> {
  const { control, treatment } = reading.arms;
  const rateOf = ({ rate }: Arm) => (rate === null ? "–" : percent(rate.value));
  return {
    name,
    parameter,
    state: decision === null ? "running" : `ended: ${decision}`,
    units: `${grouped(control.units)} / ${grouped(treatment.units)}`,
    rate: `${rateOf(control)} / ${rateOf(treatment)}`,
    difference: reading.difference && range(reading.difference, points),
    verdict: reading.verdict,
  };
}

/** Both arms as a table, and what follows from them. */
export function printReading(invocation: Invocation, experiment: Experiment): void {
  const { reading, name, parameter, outcome, unit, decision } = experiment;
  const state = decision === null ? "running" : `ended, ${decision} holds`;
  invocation.out(`${name}: ${parameter} by ${unit}, outcome ${outcome}; ${state}\n\n`);
  const rows = (["control", "treatment"] as const).map((arm) => ({
    arm,
    value: experiment[arm],
    ...columnsOf(reading.arms[arm]),
  }));
  printRows(invocation, rows, ["arm", "value", "units", "answers", "conversions", "rate", "median_ms"]);
  const confidence = `${Math.round(reading.confidence * 100)} %, however often it is looked at`;
  const lines: [string, string | null][] = [
    ["Difference", reading.difference && `${range(reading.difference, points)} points, ${confidence}`],
    ["Lift", reading.lift && range(reading.lift, percent)],
    [
      "Latency",
      reading.latency_difference_ms && range(reading.latency_difference_ms, (ms) => `${ms.toFixed(2)} ms`),
    ],
    ["Split", splitOf(experiment)],
    ["Verdict", SAID[reading.verdict] ?? reading.verdict],
  ];
  invocation.out("\n");
  for (const [head, text] of lines)
    if (text !== null) invocation.out(`${head.padEnd("Difference".length)}  ${text}\n`);
}

function columnsOf({ units, exposures, conversions, rate, latency_ms: latency }: Arm) {
  return {
    units: grouped(units),
    answers: grouped(exposures),
    conversions: grouped(conversions),
    rate: rate && range(rate, percent, false),
    median_ms: latency && range(latency.median, (ms) => ms.toFixed(2), false),
  };
}

function splitOf({ reading: { split } }: Experiment): string | null {
  if (split.observed === null) return null;
  const found = `${percent(split.observed)} have the treatment, ${percent(split.expected)} were asked for`;
  return `${found} (p = ${split.p_value.toPrecision(2)})${split.is_mismatch ? ": a mismatch" : ""}`;
}
