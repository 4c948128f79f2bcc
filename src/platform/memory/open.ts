import type { Client } from "@libsql/client";
import { WasmImageCodec, type ModuleSource } from "../../codec/image-codec.ts";
import type { Config } from "../../config.ts";
import { openDatabase } from "../../db/client.ts";
import type { Deps, IsolateState } from "../../deps.ts";
import { InvocationTrace } from "../../domain/traces/invocation-trace.ts";
import { newReceipt } from "../../ports/receipt.ts";
import { GuardedClient } from "../guarded/database-client.ts";
import { patienceOf } from "../guarded/policies.ts";
import { guardPorts } from "../guarded/ports.ts";
import { newIsolate } from "../isolate.ts";
import { metered } from "../metered/metered.ts";
import { traced } from "../metered/traced.ts";
import { observedTrips } from "../metered/trips.ts";
import { MemoryBlobs } from "./blobs.ts";
import { MemoryClock } from "./clock.ts";
import { openTemporaryDatabase } from "./database.ts";
import { MemoryEdgeCache } from "./edge-cache.ts";
import { imageCodecFile } from "./image-codec.ts";
import { MemoryJobs } from "./jobs.ts";
import { MemoryKv } from "./kv.ts";
import { MemoryLifetime } from "./lifetime.ts";
import { MemoryLog } from "./log.ts";
import { MemoryMailer } from "./mailer.ts";
import { MemoryMetricsHub } from "./metrics-hub.ts";
import { ScryptPasswords } from "./passwords.ts";
import { MemoryRateLimit, type RateLimitPolicies } from "./rate-limit.ts";

export const TEST_CONFIG: Config = {
  environment: "test",
  secret: "a secret of the tests, long enough to sign",
  previousSecrets: [],
  operatorKey: "operator-key-of-the-tests-0123456789",
  nextOperatorKey: null,
  corsOrigins: ["*"],
  rateLimits: false,
  admission: false,
  publicOrigin: null,
  emailConfirmation: false,
  imageLimits: {
    person: { images: 2_000, bytes: 2_000_000_000 },
    organisation: { images: 20_000, bytes: 20_000_000_000 },
  },
  jwtIssuers: [],
};

/** The same code as everywhere, at a cost that tests can pay hundreds of times. */
const CHEAP = { n: 16, r: 1, p: 1 };

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface MemoryPlatformOptions {
  /** Milliseconds since the epoch at which the clock stands; a fixed day by default. */
  now?: number;
  config?: Partial<Config>;
  rateLimits?: Partial<RateLimitPolicies>;
}

/** Everything that outlives an invocation: stores, queue, clock and one isolate's state. */
export interface MemoryPlatform {
  config: Config;
  client: Client;
  clock: MemoryClock;
  kv: MemoryKv;
  edgeCache: MemoryEdgeCache;
  blobs: MemoryBlobs;
  codecModule: ModuleSource;
  jobs: MemoryJobs;
  mailer: MemoryMailer;
  passwords: ScryptPasswords;
  log: MemoryLog;
  rateLimit: MemoryRateLimit;
  isolate: IsolateState;
  metricsHub: MemoryMetricsHub;
  /** Closes the database and removes its file. */
  close(): void;
}

/** The dependencies of one invocation; `lifetime.settle()` waits for what it deferred. */
export interface MemoryDeps extends Deps {
  lifetime: MemoryLifetime;
}

/** A whole platform for tests: memory ports, and a real libSQL database in a temporary file, migrated. */
export async function createMemoryPlatform(options: MemoryPlatformOptions = {}): Promise<MemoryPlatform> {
  const clock = new MemoryClock(options.now ?? START);
  const database = await openTemporaryDatabase();
  return {
    config: { ...TEST_CONFIG, ...options.config },
    client: database.client,
    clock,
    kv: new MemoryKv(clock),
    edgeCache: new MemoryEdgeCache(clock),
    blobs: new MemoryBlobs(),
    codecModule: imageCodecFile(),
    jobs: new MemoryJobs(clock),
    mailer: new MemoryMailer(),
    passwords: new ScryptPasswords(CHEAP),
    log: new MemoryLog(),
    rateLimit: new MemoryRateLimit(clock, options.rateLimits),
    isolate: newIsolate(clock),
    metricsHub: new MemoryMetricsHub(clock),
    close: () => database.close(),
  };
}

/** Pass `{ isolate: newIsolate() }` to act as another isolate of the same platform. */
export function openMemoryDeps(platform: MemoryPlatform, overrides: Partial<MemoryDeps> = {}): MemoryDeps {
  const receipt = overrides.receipt ?? newReceipt();
  const trace = overrides.trace ?? new InvocationTrace(null);
  const { config, clock, mailer, metricsHub, passwords, log, rateLimit } = platform;
  const isolate = overrides.isolate ?? platform.isolate;
  const guarding = { isolate, clock, patience: patienceOf("request") };
  return {
    config,
    isolate,
    db: openDatabase(
      () => new GuardedClient(platform.client, guarding),
      receipt,
      observedTrips(isolate.metrics, trace),
    ),
    codec: new WasmImageCodec(isolate.codec, platform.codecModule),
    mailer,
    metricsHub,
    queues: platform.jobs,
    dataPoints: null,
    passwords,
    clock,
    log,
    rateLimit,
    lifetime: new MemoryLifetime(),
    receipt,
    trace,
    traceExporter: null,
    ...overrides,
    ...traced(metered({ ...guardPorts(platform, guarding), ...overrides }, receipt), trace),
  };
}
