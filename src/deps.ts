import type { Actor } from "./domain/actor.ts";
import type { Admission } from "./domain/admission.ts";
import type { ExperimentState } from "./domain/experiment-state.ts";
import type { Breakers } from "./domain/breaker.ts";
import type { KnownTenants } from "./domain/known-tenants.ts";
import type { Generations } from "./cache/generations.ts";
import type { CacheMemory } from "./cache/memory.ts";
import type { CodecHolder } from "./codec/holder.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/client.ts";
import type { Once } from "./domain/ids.ts";
import type { MetricsCollector } from "./domain/metrics/collector.ts";
import type { InvocationTrace } from "./domain/traces/invocation-trace.ts";
import type { SpanBuffer } from "./domain/traces/span.ts";
import type { IndexHolder } from "./index/holder.ts";
import type { Blobs } from "./ports/blobs.ts";
import type { Clock } from "./ports/clock.ts";
import type { DataPoints } from "./ports/data-points.ts";
import type { EdgeCache } from "./ports/edge-cache.ts";
import type { ImageCodec } from "./ports/image-codec.ts";
import type { Jobs } from "./ports/jobs.ts";
import type { Kv } from "./ports/kv.ts";
import type { Lifetime } from "./ports/lifetime.ts";
import type { Log } from "./ports/log.ts";
import type { Mailer } from "./ports/mailer.ts";
import type { MetricsHub } from "./ports/metrics.ts";
import type { Passwords } from "./ports/passwords.ts";
import type { Queues } from "./ports/queues.ts";
import type { RateLimit } from "./ports/rate-limit.ts";
import type { Receipt } from "./ports/receipt.ts";
import type { TraceExporter } from "./ports/trace-exporter.ts";

/** What lives as long as the isolate: values only, never promises or clients; of a user's data kept pages, which say whose they are. */
export interface IsolateState {
  cache: CacheMemory;
  /** First pages of feeds, apart from all else: they are large, many and short-lived. */
  feedPages: CacheMemory;
  /** Finished posts, without what is a viewer's, by id; and who has few friends and no timeline. */
  feedParts: Generations<unknown>;
  index: IndexHolder;
  codec: CodecHolder;
  experiments: ExperimentState;
  /** What this isolate has counted and not handed over to the hub yet. */
  metrics: MetricsCollector;
  breakers: Breakers;
  admission: Admission;
  tenants: KnownTenants;
  /** Spans that wait for their export. */
  spans: SpanBuffer;
}

/** What one invocation may use; made anew for each request, job or tick. */
export interface Deps {
  config: Config;
  isolate: IsolateState;
  db: Database;
  kv: Kv;
  edgeCache: EdgeCache;
  blobs: Blobs;
  codec: ImageCodec;
  jobs: Jobs;
  mailer: Mailer;
  metricsHub: MetricsHub;
  queues: Queues;
  /** `null` where nothing is bound that takes them. */
  dataPoints: DataPoints | null;
  passwords: Passwords;
  clock: Clock;
  log: Log;
  rateLimit: RateLimit;
  lifetime: Lifetime;
  receipt: Receipt;
  trace: InvocationTrace;
  /** `null` where no collector is set. */
  traceExporter: TraceExporter | null;
  /** The other end of the connection, where the platform knows it; never from a header a client may write. */
  clientAddress?: string;
}

/** The part of `Deps` a verb touches, and who asks: `Ctx<"db" | "clock">`. */
export type Ctx<K extends keyof Deps = never> = Pick<Deps, K> & {
  actor: Actor;
  /** Of the request that asks; absent in jobs and ticks. */
  requestId?: string;
  /** Of a request with an `Idempotency-Key`. */
  once?: Once | undefined;
};
