import type { Invocation } from "../command.ts";
import { grouped, printRows } from "../output.ts";
import { quantile, type LoadResult } from "./load.ts";
import type { FunctionTime, Stacks } from "./stacks.ts";

/** What one profile says besides its picture. */
export interface ProfileSummary {
  url: string;
  runtime: string;
  connections: number;
  seconds: number;
  answers: number;
  requests_per_second: number;
  p50_ms: number;
  p99_ms: number;
  statuses: Readonly<Record<string, number>>;
  failures: Readonly<Record<string, number>>;
  /** Share of the time in which the isolate did anything. */
  busy: number;
}

export function summarize(
  about: Pick<ProfileSummary, "url" | "runtime" | "connections">,
  load: LoadResult,
  { root, idleMicros }: Stacks,
): ProfileSummary {
  const answers = load.millis.length;
  const whole = root.totalMicros + idleMicros;
  return {
    ...about,
    seconds: round(load.seconds),
    answers,
    requests_per_second: round(answers / load.seconds),
    p50_ms: round(quantile(load.millis, 0.5)),
    p99_ms: round(quantile(load.millis, 0.99)),
    statuses: Object.fromEntries([...load.statuses].map(([status, count]) => [String(status), count])),
    failures: Object.fromEntries(load.failures),
    busy: whole === 0 ? 0 : Number((root.totalMicros / whole).toFixed(3)),
  };
}

function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toFixed(value < 100 ? 1 : 0)) : 0;
}

/** `1,204 requests/s on 8 connections, p50 6.4 ms, p99 12.1 ms, busy 93 % (10 s, node.js/v24)`. */
export function factsOf(summary: ProfileSummary): string {
  const { requests_per_second: rate, connections, p50_ms, p99_ms, busy, seconds, runtime } = summary;
  const load = `${grouped(rate)} requests/s on ${connections} connection${connections === 1 ? "" : "s"}`;
  return `${load}, p50 ${p50_ms} ms, p99 ${p99_ms} ms, busy ${Math.round(100 * busy)} % (${Math.round(seconds)} s, ${runtime})`;
}

/** The functions that took the most time themselves, as a table. */
export function printFunctions(
  invocation: Invocation,
  times: readonly FunctionTime[],
  totalMicros: number,
): void {
  const share = (micros: number): string => `${((100 * micros) / Math.max(1, totalMicros)).toFixed(1)} %`;
  const rows = times.map(({ name, at, selfMicros, totalMicros: total }) => ({
    self: share(selfMicros).padStart(6),
    total: share(total).padStart(7),
    function: name.startsWith("(anonymous ") ? "(anonymous)" : name,
    where: at,
  }));
  printRows(invocation, rows, ["self", "total", "function", "where"]);
}
