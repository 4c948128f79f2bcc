import { RequestSums, routeOf, type RouteSums, sumRequests } from "./request-figures.ts";
import { rounded } from "./spread.ts";
import type { SeriesSet } from "./series-set.ts";

/** One number a minute. */
export interface SeriesLines {
  requests: number[];
  client_errors: number[];
  server_errors: number[];
  /** `null` in minutes without requests. */
  p50_ms: (number | null)[];
  p90_ms: (number | null)[];
  p99_ms: (number | null)[];
}

export interface RouteLines extends SeriesLines {
  method: string;
  route: string;
}

interface MinuteSums {
  all: RequestSums;
  routes: RouteSums;
}

/** Sums of each minute; of one without requests, zeros. */
export function minuteSums(minutes: readonly (SeriesSet | undefined)[]): MinuteSums[] {
  return minutes.map((set) => {
    const sums: MinuteSums = { all: new RequestSums(), routes: new Map() };
    if (set !== undefined) sumRequests(set, sums.all, sums.routes);
    return sums;
  });
}

export function linesOfAll(minutes: readonly MinuteSums[]): SeriesLines {
  return linesOf(minutes.map(({ all }) => all));
}

export function linesOfRoute(minutes: readonly MinuteSums[], name: string): RouteLines {
  return { ...routeOf(name), ...linesOf(minutes.map(({ routes }) => routes.get(name))) };
}

function linesOf(minutes: readonly (RequestSums | undefined)[]): SeriesLines {
  return {
    requests: minutes.map((sums) => sums?.requests ?? 0),
    client_errors: minutes.map((sums) => sums?.countOf("4xx") ?? 0),
    server_errors: minutes.map((sums) => sums?.countOf("5xx") ?? 0),
    p50_ms: minutes.map((sums) => quantileOf(sums, 0.5)),
    p90_ms: minutes.map((sums) => quantileOf(sums, 0.9)),
    p99_ms: minutes.map((sums) => quantileOf(sums, 0.99)),
  };
}

function quantileOf(sums: RequestSums | undefined, q: number): number | null {
  const found = sums?.latency.quantile(q) ?? null;
  return found === null ? null : rounded(found);
}
