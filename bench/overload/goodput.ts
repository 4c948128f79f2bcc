import { percentile } from "../statistics.ts";
import type { Costs } from "./costs.ts";
import type { Outcome } from "./open-loop.ts";

/** Who waits longer has gone. */
export const DEADLINE_MS = 1_000;
/** Of each load, what is not counted: it begins with a queue of its own. */
export const WARM_SECONDS = 2;

export interface Goodput {
  asked: number;
  /** Answered with what was asked for, in time. */
  good: number;
  refused: number;
  /** Answered too late, with another error, or not at all. */
  lost: number;
  /** Good answers a second. */
  perSecond: number;
  /** What those take where nothing else is asked for, in milliseconds a second. */
  workPerSecond: number;
  /** Of good answers, ms. */
  p50: number;
  p99: number;
  /** Of refusals, ms. */
  refusalP99: number;
}

function isGood({ status, ms }: Outcome): boolean {
  return status >= 200 && status < 400 && ms <= DEADLINE_MS;
}

function times(outcomes: readonly Outcome[]): number[] {
  return outcomes.map(({ ms }) => ms).toSorted((a, b) => a - b);
}

function workOf(outcomes: readonly Outcome[], costs: Costs): number {
  return outcomes.reduce((sum, { route }) => sum + (costs.get(route) ?? 0), 0);
}

export function goodputOf(all: readonly Outcome[], seconds: number, costs: Costs): Goodput {
  const counted = all.filter(({ due }) => due >= WARM_SECONDS * 1_000);
  const good = counted.filter(isGood);
  const refused = counted.filter(({ isShed, ms }) => isShed && ms <= DEADLINE_MS);
  const [goodTimes, refusalTimes] = [times(good), times(refused)];
  return {
    asked: counted.length,
    good: good.length,
    refused: refused.length,
    lost: counted.length - good.length - refused.length,
    perSecond: good.length / (seconds - WARM_SECONDS),
    workPerSecond: workOf(good, costs) / (seconds - WARM_SECONDS),
    p50: percentile(goodTimes, 50),
    p99: percentile(goodTimes, 99),
    refusalP99: percentile(refusalTimes, 99),
  };
}
