export interface MetricKind {
  type: "counter" | "gauge" | "histogram";
  /** Says what it counts and in which unit, for the operator. */
  help: string;
  /** In the order in which a series names them. Each has few values: patterns and kinds, never ids or paths. */
  labels: readonly string[];
  /** Of gauges: what stands for all isolates. */
  across?: "sum" | "max" | "min";
}

const ROUTE = ["method", "route"] as const;

/** Every metric that isolates collect. Histograms are of milliseconds here, of seconds where they are served. */
export const METRICS = {
  http_requests: {
    type: "counter",
    help: "Requests answered, by pattern and class of the status",
    labels: [...ROUTE, "status"],
  },
  http_request_duration: {
    type: "histogram",
    help: "From the request's head to the response's head",
    labels: ROUTE,
  },
  request_problems: {
    type: "counter",
    help: "Requests answered with an error, by its code",
    labels: ["code"],
  },
  http_db_trips: { type: "counter", help: "Round trips to the database of requests", labels: ROUTE },
  http_cache: {
    type: "counter",
    help: "Requests that a cache took part in, by what it had",
    labels: [...ROUTE, "outcome"],
  },
  db_trip_duration: {
    type: "histogram",
    help: "Round trips to the database, of requests and jobs",
    labels: [],
  },
  db_errors: { type: "counter", help: "Round trips that failed, by what failed", labels: ["reason"] },
  db_rows: { type: "counter", help: "Rows that statements gave or wrote", labels: ["operation"] },
  platform_operations: {
    type: "counter",
    help: "Operations on stores, caches and queues that a platform bills",
    labels: ["operation"],
  },
  cache_lookups: {
    type: "counter",
    help: "Looks into a cache, by what answered: a tier, or fill where none did",
    labels: ["namespace", "tier", "outcome"],
  },
  jobs: {
    type: "counter",
    help: "Deliveries of jobs by how they ended: done, failed (retried later) or buried",
    labels: ["kind", "outcome"],
  },
  job_duration: { type: "histogram", help: "One run of a job", labels: ["kind"] },
  job_lag: {
    type: "histogram",
    help: "From writing a job to the start of its first delivery",
    labels: ["kind"],
  },
  job_age: { type: "histogram", help: "From writing a job to its end", labels: ["kind"] },
  index_generation: {
    type: "gauge",
    help: "Generation of the search index that isolates hold, the oldest",
    labels: [],
    across: "min",
  },
  index_change: {
    type: "gauge",
    help: "Number of the last change that isolates' search indexes hold, the oldest",
    labels: [],
    across: "min",
  },
  index_behind: {
    type: "gauge",
    help: "Isolates whose search index lacks changes that they know of",
    labels: [],
    across: "sum",
  },
  index_age: {
    type: "histogram",
    help: "How long ago the index that answered a search had been brought up to date",
    labels: [],
  },
  index_documents: {
    type: "gauge",
    help: "Products in the search index that isolates hold, the most",
    labels: [],
    across: "max",
  },
  index_loaded: { type: "gauge", help: "Isolates that hold a search index", labels: [], across: "sum" },
  breaker_state: {
    type: "gauge",
    help: "Circuit breakers, the worst of all isolates: 0 closed, 1 half open, 2 open",
    labels: ["breaker"],
    across: "max",
  },
  breaker_transitions: {
    type: "counter",
    help: "Changes of a circuit breaker's state",
    labels: ["breaker", "to"],
  },
  call_retries: { type: "counter", help: "Calls of a dependency that were repeated", labels: ["dependency"] },
  call_timeouts: {
    type: "counter",
    help: "Calls of a dependency that took too long",
    labels: ["dependency"],
  },
  requests_shed: { type: "counter", help: "Requests refused for lack of room", labels: ["reason"] },
  brownout_level: {
    type: "gauge",
    help: "How many stores an isolate does without, as their breakers are not closed; the most of all isolates",
    labels: [],
    across: "max",
  },
  spans_lost: { type: "counter", help: "Spans that no collector took", labels: [] },
  metrics_dropped: {
    type: "counter",
    help: "Observations of series past the limit of an isolate",
    labels: [],
  },
  metrics_flush_failures: { type: "counter", help: "Flushes of metrics that failed", labels: [] },
} as const satisfies Record<string, MetricKind>;

type Table = typeof METRICS;
export type MetricName = keyof Table;
type NamesOf<T extends MetricKind["type"]> = {
  [N in MetricName]: Table[N]["type"] extends T ? N : never;
}[MetricName];
export type CounterName = NamesOf<"counter">;
export type GaugeName = NamesOf<"gauge">;
export type HistogramName = NamesOf<"histogram">;
/** The labels that a metric wants, and no others; an empty object for none. */
export type LabelsOf<N extends MetricName> = Readonly<Record<Table[N]["labels"][number], string>>;

const SEPARATOR = "\u0001";
const MAX_LABEL = 200;

/** A series' key: the metric's name and the values of its labels in the table's order. */
export function keyOf<N extends MetricName>(name: N, labels: LabelsOf<N>): string {
  // Put together by hand: this is called some ten times a request.
  let key: string = name;
  const given: Readonly<Record<string, string>> = labels;
  for (const label of METRICS[name].labels) key += SEPARATOR + given[label].slice(0, MAX_LABEL);
  return key;
}

/** As `keyOf`, of values that are a series' already. */
export function seriesKey(name: MetricName, values: readonly string[]): string {
  return [name, ...values].join(SEPARATOR);
}

export interface Series {
  name: MetricName;
  values: string[];
}

/** `null` for what the table has no metric for: an isolate of another version may have sent it. */
export function seriesOf(key: string): Series | null {
  const [name, ...values] = key.split(SEPARATOR);
  return isMetric(name) && values.length === METRICS[name].labels.length ? { name, values } : null;
}

function isMetric(name: string): name is MetricName {
  return Object.hasOwn(METRICS, name);
}
