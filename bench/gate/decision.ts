import { ratioInterval } from "../bootstrap.ts";
import type { Interval } from "../bootstrap.ts";
import { hashText, seeded } from "../random.ts";
import type { Counts } from "./counters.ts";
import type { Timing } from "./timing.ts";

/** By scenario, of each state of the sources. */
export type CountsOf = Readonly<Record<string, Counts>>;

/** What may grow, and why: by `<scenario>: <count>`, or `bundle, gzipped bytes`. */
export type Accepted = Readonly<Record<string, { upTo: number; reason: string }>>;

export interface TimeFinding extends Interval {
  scenario: string;
  baseMs: number;
  verdict: "slower" | "faster" | "same";
}

export interface CountFinding {
  /** `<scenario>: <count>`. */
  name: string;
  base: number;
  head: number;
  verdict: "more" | "accepted" | "less" | "same";
}

/** Steps of statements may vary a little with the text of a query; everything else not at all. */
const TOLERANCE: Readonly<Record<string, number>> = { "database steps": 0.02 };

/** Slower only where the whole interval lies beyond the threshold, so that noise alone is no regression. */
export function judgeTimes(timings: readonly Timing[], threshold: number): TimeFinding[] {
  return timings.map(({ scenario, forks, baseMs }) => {
    const interval = ratioInterval(forks, seeded(hashText(scenario)));
    const isSlower = interval.low > threshold;
    const verdict = isSlower ? "slower" : interval.high < 1 / threshold ? "faster" : "same";
    return { scenario, baseMs, ...interval, verdict };
  });
}

export function judgeCount(
  name: string,
  [base, head]: readonly [number, number],
  { tolerance = 0, accepted }: { tolerance?: number; accepted: Accepted },
): CountFinding {
  if (head <= base) return { name, base, head, verdict: head < base ? "less" : "same" };
  if (head <= base * (1 + tolerance)) return { name, base, head, verdict: "same" };
  const limit = accepted[name]?.upTo ?? Number.NEGATIVE_INFINITY;
  return { name, base, head, verdict: head <= limit ? "accepted" : "more" };
}

/** A count that only one of them has is 0 in the other. */
export function judgeCounts(base: CountsOf, head: CountsOf, accepted: Accepted): CountFinding[] {
  return Object.keys(head).flatMap((scenario) => {
    const [before, after] = [base[scenario] ?? {}, head[scenario]];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.map((name) =>
      judgeCount(`${scenario}: ${name}`, [before[name] ?? 0, after[name] ?? 0], {
        tolerance: TOLERANCE[name],
        accepted,
      }),
    );
  });
}

/** The sentences to fail with; none where all is well. */
export function regressions(times: readonly TimeFinding[], counts: readonly CountFinding[]): string[] {
  const slower = times
    .filter(({ verdict }) => verdict === "slower")
    .map(
      ({ scenario, estimate, low, high }) =>
        `${scenario}: ${estimate.toFixed(3)}× the CPU (95 %: ${low.toFixed(3)} to ${high.toFixed(3)})`,
    );
  const more = counts
    .filter(({ verdict }) => verdict === "more")
    .map(({ name, base, head }) => `${name}: ${base} → ${head}`);
  return [...more, ...slower];
}
