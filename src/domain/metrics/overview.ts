import { HISTOGRAM_ERROR, type Histogram } from "./histogram.ts";
import { MINUTE_MS } from "./flush.ts";
import {
  type RequestFigures,
  RequestSums,
  type RouteFigures,
  routeFigures,
  type RouteSums,
  sumRequests,
} from "./request-figures.ts";
import { linesOfAll, linesOfRoute, minuteSums, type RouteLines, type SeriesLines } from "./series-lines.ts";
import { SeriesSet } from "./series-set.ts";
import { rounded, type Spread, spreadOf } from "./spread.ts";
import { METRICS, type MetricName, seriesKey, seriesOf } from "./table.ts";

export interface StatementFigures {
  /** Without values. */
  text: string;
  trips: number;
  errors: number;
  total_ms: number;
  mean_ms: number;
  worst_ms: number;
  /** That it gave and wrote, in all its trips. */
  rows: number;
}

export interface CacheFigures {
  namespace: string;
  tier: string;
  hits: number;
  stale: number;
  misses: number;
}

export interface JobFigures {
  kind: string;
  done: number;
  failed: number;
  buried: number;
  duration_ms: Spread | null;
  lag_ms: Spread | null;
  age_ms: Spread | null;
}

/** Any other series, as it is: what has no place of its own. */
export interface OtherFigure {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What the isolates did in some minutes. Times are milliseconds since the epoch. */
export interface MetricsOverview {
  since: number;
  until: number;
  isolates: { heard: number; oldest_started_at: number | null };
  relative_error: number;
  requests: RequestFigures;
  routes: RouteFigures[];
  series: { step_seconds: number; times: number[]; all: SeriesLines; routes: RouteLines[] };
  database: {
    trips: number;
    latency_ms: Spread | null;
    errors: { reason: string; count: number }[];
    by_total: StatementFigures[];
    by_worst: StatementFigures[];
  };
  caches: CacheFigures[];
  jobs: JobFigures[];
  counters: OtherFigure[];
  gauges: OtherFigure[];
}

const STATEMENTS = 20;
const ROUTES_WITH_LINES = 50;
const MAX_SERIES = 20_000;
const PLACED: readonly MetricName[] = [
  "http_requests",
  "http_db_trips",
  "http_cache",
  "db_errors",
  "cache_lookups",
  "jobs",
];

/** `minutes` from the oldest on, one for each minute from `first` on, `undefined` for one of which nothing was heard. */
export function overviewOf(
  minutes: readonly (SeriesSet | undefined)[],
  { first, until }: { first: number; until: number },
): Omit<MetricsOverview, "isolates" | "gauges"> {
  const whole = new SeriesSet(MAX_SERIES);
  for (const set of minutes) if (set !== undefined) whole.add(set);
  const since = first * MINUTE_MS;
  const seconds = Math.max(1, (until - since) / 1_000);
  const [all, routes]: [RequestSums, RouteSums] = [new RequestSums(), new Map()];
  sumRequests(whole, all, routes);
  const figures = routeFigures(routes, seconds);
  const sums = minuteSums(minutes);
  const shown = figures.slice(0, ROUTES_WITH_LINES);
  return {
    since,
    until,
    relative_error: HISTOGRAM_ERROR,
    requests: all.figures(seconds),
    routes: figures,
    series: {
      step_seconds: MINUTE_MS / 1_000,
      times: minutes.map((_, i) => since + i * MINUTE_MS),
      all: linesOfAll(sums),
      routes: shown.map(({ method, route }) => linesOfRoute(sums, `${method} ${route}`)),
    },
    database: databaseOf(whole),
    caches: cachesOf(whole),
    jobs: jobsOf(whole),
    counters: otherFigures([...whole.counters]).filter(({ name }) => PLACED.every((one) => one !== name)),
  };
}

export function otherFigures(values: readonly [string, number][]): OtherFigure[] {
  return values.flatMap(([key, value]) => {
    const series = seriesOf(key);
    if (series === null) return [];
    const labels = METRICS[series.name].labels.map((label, i) => [label, series.values[i]]);
    return [{ name: series.name, labels: Object.fromEntries(labels) as Record<string, string>, value }];
  });
}

function databaseOf(set: SeriesSet): MetricsOverview["database"] {
  const trips = histogramOf(set, "db_trip_duration", []);
  const errors = [...set.counters].flatMap(([key, count]) => {
    const series = seriesOf(key);
    return series?.name === "db_errors" ? [{ reason: series.values[0], count }] : [];
  });
  const statements = [...set.statements].map(
    ([text, { trips: count, errors: failed, totalMs, worstMs, rows }]) => ({
      text,
      trips: count,
      errors: failed,
      total_ms: rounded(totalMs),
      mean_ms: rounded(totalMs / count),
      worst_ms: rounded(worstMs),
      rows,
    }),
  );
  return {
    trips: trips?.count ?? 0,
    latency_ms: trips === undefined ? null : spreadOf(trips),
    errors,
    by_total: statements.toSorted((a, b) => b.total_ms - a.total_ms).slice(0, STATEMENTS),
    by_worst: statements.toSorted((a, b) => b.worst_ms - a.worst_ms).slice(0, STATEMENTS),
  };
}

function cachesOf(set: SeriesSet): CacheFigures[] {
  const found = new Map<string, CacheFigures>();
  for (const [key, count] of set.counters) {
    const series = seriesOf(key);
    if (series?.name !== "cache_lookups") continue;
    const [namespace, tier, outcome] = series.values;
    const name = `${namespace} ${tier}`;
    const cache = found.get(name) ?? { namespace, tier, hits: 0, stale: 0, misses: 0 };
    if (outcome === "hit") cache.hits += count;
    else if (outcome === "stale") cache.stale += count;
    else cache.misses += count;
    found.set(name, cache);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cache]) => cache);
}

function jobsOf(set: SeriesSet): JobFigures[] {
  const kinds = new Map<string, { done: number; failed: number; buried: number }>();
  for (const [key, count] of set.counters) {
    const series = seriesOf(key);
    if (series?.name !== "jobs") continue;
    const [kind, outcome] = series.values;
    const counts = kinds.get(kind) ?? { done: 0, failed: 0, buried: 0 };
    if (outcome === "done" || outcome === "failed" || outcome === "buried") counts[outcome] += count;
    kinds.set(kind, counts);
  }
  const spread = (name: MetricName, kind: string): Spread | null => {
    const histogram = histogramOf(set, name, [kind]);
    return histogram === undefined ? null : spreadOf(histogram);
  };
  return [...kinds.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, counts]) => ({
      kind,
      ...counts,
      duration_ms: spread("job_duration", kind),
      lag_ms: spread("job_lag", kind),
      age_ms: spread("job_age", kind),
    }));
}

function histogramOf(set: SeriesSet, name: MetricName, values: readonly string[]): Histogram | undefined {
  return set.histograms.get(seriesKey(name, values));
}
