import { z } from "@hono/zod-openapi";

const count = z.int().min(0);
const milliseconds = z.number().min(0);

const SpreadSchema = z
  .object({
    count,
    mean: milliseconds,
    p50: milliseconds,
    p90: milliseconds,
    p99: milliseconds,
    max: milliseconds,
  })
  .openapi("Spread", {
    description:
      "Milliseconds; quantiles within `relative_error` of the value with that rank, the others exact",
  });

const requestFigures = {
  requests: count,
  per_second: z.number().min(0),
  status: z
    .record(z.string(), count)
    .openapi({ description: "By class of the status", example: { "2xx": 9, "4xx": 1 } }),
  latency_ms: SpreadSchema.nullable(),
  db_trips_mean: z.number().min(0),
  cache: z
    .object({ hit: count, stale: count, miss: count })
    .openapi({ description: "Requests that a cache took part in, by what it had" }),
};

const lines = {
  requests: z.array(count),
  client_errors: z.array(count),
  server_errors: z.array(count),
  p50_ms: z.array(milliseconds.nullable()),
  p90_ms: z.array(milliseconds.nullable()),
  p99_ms: z.array(milliseconds.nullable()),
};

const route = {
  method: z.string(),
  route: z.string().openapi({ description: "A pattern, never a path", example: "/v1/products/:id" }),
};

const StatementSchema = z
  .object({
    text: z.string().openapi({ description: "The statements of one round trip, without values" }),
    trips: count,
    errors: count,
    total_ms: milliseconds,
    mean_ms: milliseconds,
    worst_ms: milliseconds,
    rows: count.openapi({ description: "That it gave and wrote, in all its trips" }),
  })
  .openapi("StatementFigures");

const FigureSchema = z
  .object({ name: z.string(), labels: z.record(z.string(), z.string()), value: z.number() })
  .openapi("MetricFigure");

const JobsSchema = z
  .object({
    kind: z.string(),
    done: count,
    failed: count.openapi({ description: "Runs that failed and came again later" }),
    buried: count.openapi({ description: "Jobs that failed for good" }),
    duration_ms: SpreadSchema.nullable(),
    lag_ms: SpreadSchema.nullable().openapi({ description: "From writing the job to its first run" }),
    age_ms: SpreadSchema.nullable().openapi({ description: "From writing the job to its end" }),
  })
  .openapi("JobFigures");

const time = z.iso.datetime();

const DatabaseSchema = z
  .object({
    trips: count,
    latency_ms: SpreadSchema.nullable(),
    errors: z.array(z.object({ reason: z.string(), count })),
    by_total: z.array(StatementSchema).openapi({ description: "Up to 20, by all their time" }),
    by_worst: z.array(StatementSchema).openapi({ description: "Up to 20, by their slowest trip" }),
  })
  .openapi("DatabaseFigures");

const IndexSchema = z
  .object({
    generation: count,
    built_at: time.nullable(),
    documents: count,
    seq: count.openapi({ description: "The last change that the segments hold" }),
    latest_seq: count.openapi({ description: "The last change of the catalogue" }),
    pending: count.openapi({ description: "Products changed since, counted up to 10,000" }),
    oldest_pending_at: time.nullable(),
    newest_change_at: time.nullable(),
  })
  .openapi("IndexFigures");

export const MetricsSchema = z
  .object({
    since: time,
    until: time,
    relative_error: z.number(),
    isolate: z
      .object({ id: z.string(), started_at: time, uptime_seconds: z.number().min(0) })
      .openapi({ description: "The isolate that answers" }),
    isolates: z
      .object({ heard: count, oldest_started_at: time.nullable() })
      .openapi({ description: "Isolates heard of in the last five minutes" }),
    requests: z.object(requestFigures).openapi("RequestFigures"),
    routes: z
      .array(z.object({ ...route, ...requestFigures }).openapi("RouteFigures"))
      .openapi({ description: "The busiest first" }),
    series: z
      .object({
        step_seconds: z.int(),
        times: z.array(time),
        all: z.object(lines).openapi("SeriesLines"),
        routes: z
          .array(z.object({ ...route, ...lines }).openapi("RouteLines"))
          .openapi({ description: "The 50 busiest" }),
      })
      .openapi("MetricsSeries", { description: "One number a minute; the last minute is not over yet" }),
    database: DatabaseSchema,
    caches: z.array(
      z
        .object({ namespace: z.string(), tier: z.string(), hits: count, stale: count, misses: count })
        .openapi("CacheFigures"),
    ),
    jobs: z.array(JobsSchema),
    queue: z
      .object({
        outbox: count.openapi({ description: "Jobs not yet handed to the queue, counted up to 10,000" }),
        oldest_at: time.nullable(),
        dead_letters: count.openapi({ description: "Counted up to 10,000" }),
      })
      .openapi("QueueFigures"),
    queues: z
      .array(
        z
          .object({ queue: z.string(), messages: count, oldest_at: time.nullable() })
          .openapi("QueueBacklog", { description: "What waits in a queue, and since when the oldest" }),
      )
      .nullable()
      .openapi({ description: "`null` where the platform does not tell" }),
    index: IndexSchema,
    counters: z.array(FigureSchema).openapi({ description: "What was counted besides, in these minutes" }),
    gauges: z.array(FigureSchema).openapi({
      description:
        "How the isolates stand, one value for all: `breaker_state` (0 closed, 1 half open, 2 open), `index_generation` …",
    }),
  })
  .openapi("Metrics");
