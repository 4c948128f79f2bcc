import { Histogram } from "./histogram.ts";
import { type Spread, spreadOf } from "./spread.ts";
import type { SeriesSet } from "./series-set.ts";
import { type MetricName, seriesOf } from "./table.ts";

export interface RequestFigures {
  requests: number;
  per_second: number;
  /** By class of the status: `2xx`, `3xx`, `4xx`, `5xx`. */
  status: Record<string, number>;
  latency_ms: Spread | null;
  db_trips_mean: number;
  /** Requests that a cache took part in, by what it had. */
  cache: { hit: number; stale: number; miss: number };
}

export interface RouteFigures extends RequestFigures {
  method: string;
  route: string;
}

/** What one route did, or all of them, in one span of time. */
export class RequestSums {
  requests = 0;
  dbTrips = 0;
  readonly status = new Map<string, number>();
  readonly cache = { hit: 0, stale: 0, miss: 0 };
  readonly latency = new Histogram();

  figures(seconds: number): RequestFigures {
    return {
      requests: this.requests,
      per_second: seconds > 0 ? this.requests / seconds : 0,
      status: Object.fromEntries([...this.status].sort(([a], [b]) => (a < b ? -1 : 1))),
      latency_ms: spreadOf(this.latency),
      db_trips_mean: this.requests > 0 ? this.dbTrips / this.requests : 0,
      cache: { ...this.cache },
    };
  }

  countOf(status: string): number {
    return this.status.get(status) ?? 0;
  }

  count(name: MetricName, by: number, last: string | undefined): void {
    if (name === "http_db_trips") this.dbTrips += by;
    if (name === "http_cache" && (last === "hit" || last === "stale" || last === "miss"))
      this.cache[last] += by;
    if (name !== "http_requests" || last === undefined) return;
    this.requests += by;
    this.status.set(last, this.countOf(last) + by);
  }
}

/** By method and route: `GET /v1/search`. */
export type RouteSums = Map<string, RequestSums>;

/** Adds a set's requests to `all` and, where it is given, to those of each route. */
export function sumRequests(set: SeriesSet, all: RequestSums, routes: RouteSums): void {
  for (const [key, by] of set.counters) {
    const series = seriesOf(key);
    if (series === null || !series.name.startsWith("http_")) continue;
    const [method, route, last] = series.values;
    for (const sums of [all, sumsOf(routes, `${method} ${route}`)]) sums.count(series.name, by, last);
  }
  for (const [key, histogram] of set.histograms) {
    const series = seriesOf(key);
    if (series?.name !== "http_request_duration") continue;
    const [method, route] = series.values;
    for (const sums of [all, sumsOf(routes, `${method} ${route}`)]) sums.latency.merge(histogram);
  }
}

function sumsOf(routes: RouteSums, name: string): RequestSums {
  const known = routes.get(name);
  if (known !== undefined) return known;
  const sums = new RequestSums();
  routes.set(name, sums);
  return sums;
}

/** The routes with most requests first. */
export function routeFigures(routes: RouteSums, seconds: number): RouteFigures[] {
  return [...routes]
    .map(([name, sums]) => ({ ...routeOf(name), ...sums.figures(seconds) }))
    .sort((a, b) => b.requests - a.requests || (a.route < b.route ? -1 : 1));
}

export function routeOf(name: string): { method: string; route: string } {
  const space = name.indexOf(" ");
  return { method: name.slice(0, space), route: name.slice(space + 1) };
}
