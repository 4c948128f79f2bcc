import type { RouteLines, SeriesLines } from "../../domain/metrics/series-lines.ts";
import { count } from "../dashboard/format.ts";
import { clock, millis, percentage } from "./words.ts";
import type { OpsQuery } from "./query.ts";
import type { OpsMetrics } from "./view.ts";

/** One minute of what a chart shows. */
export interface Minute {
  at: number;
  requests: number;
  clientErrors: number;
  serverErrors: number;
  p50: number | null;
  p90: number | null;
  p99: number | null;
}

/** What both charts are drawn from, and what the cursor says. */
export interface OpsChart {
  /** `GET /v1/search`, or `all routes`. */
  subject: string;
  minutes: readonly Minute[];
  /** The last minute is not over. */
  isOpen: boolean;
}

const NOTHING: SeriesLines = {
  requests: [],
  client_errors: [],
  server_errors: [],
  p50_ms: [],
  p90_ms: [],
  p99_ms: [],
};

/** Of a route that nobody asked for, empty. */
export function chartOf({ series, until }: OpsMetrics, { route }: OpsQuery): OpsChart {
  const chosen = route === "" ? series.all : series.routes.find((lines) => nameOf(lines) === route);
  const { times, step_seconds: step } = series;
  const last = times[times.length - 1] ?? 0;
  return {
    subject: route === "" ? "all routes" : route,
    minutes: minutesOf(times, chosen ?? NOTHING),
    isOpen: times.length > 0 && until < last + step * 1_000,
  };
}

export function nameOf({ method, route }: Pick<RouteLines, "method" | "route">): string {
  return `${method} ${route}`;
}

function minutesOf(times: readonly number[], lines: SeriesLines): Minute[] {
  return times.map((at, i) => ({
    at,
    requests: lines.requests[i] ?? 0,
    clientErrors: lines.client_errors[i] ?? 0,
    serverErrors: lines.server_errors[i] ?? 0,
    p50: lines.p50_ms[i] ?? null,
    p90: lines.p90_ms[i] ?? null,
    p99: lines.p99_ms[i] ?? null,
  }));
}

/** What is read out, and stands beside the cursor: `14:05: p50 2.1 ms, p90 …`. */
export function readingOf(minute: Minute): { name: string; facts: [string, string][] } {
  const { at, requests, clientErrors, serverErrors, p50, p90, p99 } = minute;
  const failed = requests === 0 ? 0 : serverErrors / requests;
  const errors: [string, string][] = [];
  if (serverErrors > 0) errors.push(["Server errors", `${count(serverErrors)} (${percentage(failed)})`]);
  if (clientErrors > 0) errors.push(["Client errors", count(clientErrors)]);
  return {
    name: `${clock(at)} UTC`,
    facts: [
      ["Requests", count(requests)],
      ["p50", millis(p50)],
      ["p90", millis(p90)],
      ["p99", millis(p99)],
      ...errors,
    ],
  };
}

export interface LogScale {
  /** The powers of ten, and between them 2 and 5 where there is room. */
  ticks: readonly number[];
  /** The share of the height, 0 at the foot. */
  place(value: number): number;
}

/** From a power of ten at or below the least value to one at or above the most, one decade at least. */
export function logScale(values: readonly (number | null)[]): LogScale {
  const known = values.filter((value): value is number => value !== null && value > 0);
  // A quantile is known to a few parts in a hundred: one just below a power of ten opens no decade of its own.
  const low = Math.floor(Math.log10(known.length === 0 ? 1 : Math.min(...known)) + 0.02);
  const high = Math.max(low + 1, Math.ceil(Math.log10(known.length === 0 ? 100 : Math.max(...known))));
  const steps = high - low <= 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = low; power < high; power++) for (const step of steps) ticks.push(step * 10 ** power);
  ticks.push(10 ** high);
  const place = (value: number): number =>
    Math.min(1, Math.max(0, (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)));
  return { ticks, place };
}

/** Every so many minutes, on round ones: `14:10`. */
export function clockTicks(minutes: readonly Minute[], most = 7): { index: number; label: string }[] {
  const spacing = [1, 5, 10, 15, 30, 60].find((one) => minutes.length / one <= most) ?? 60;
  return minutes.flatMap(({ at }, index) =>
    Math.floor(at / 60_000) % spacing === 0 ? [{ index, label: clock(at) }] : [],
  );
}
