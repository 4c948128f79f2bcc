import { createClient } from "@libsql/client/web";
import { WasmImageCodec } from "../../codec/image-codec.ts";
import { openDatabase } from "../../db/client.ts";
import type { Deps, IsolateState } from "../../deps.ts";
import { newReceipt } from "../../ports/receipt.ts";
import { fetchWithin, GuardedClient } from "../guarded/database-client.ts";
import { databaseTimeoutMs, patienceOf } from "../guarded/policies.ts";
import type { Waiting } from "../guarded/policies.ts";
import { guardPorts } from "../guarded/ports.ts";
import { makeRoom } from "../isolate.ts";
import { systemClock } from "../memory/clock.ts";
import { openMailer } from "../mail.ts";
import { readTraceSettings } from "../otlp.ts";
import { openTracing } from "../tracing.ts";
import { metered } from "../metered/metered.ts";
import { traced } from "../metered/traced.ts";
import { observedTrips } from "../metered/trips.ts";
import { ScryptPasswords } from "../memory/passwords.ts";
import { readConfig, readDatabase, readMail, type Variables } from "../settings.ts";
import { WorkersBlobs } from "./blobs.ts";
import { WorkersDataPoints } from "./data-points.ts";
import { WorkersEdgeCache } from "./edge-cache.ts";
import type { WorkersEnv } from "./env.ts";
import { imageCodecModule } from "./image-codec.ts";
import { WorkersJobs } from "./jobs.ts";
import { WorkersKv } from "./kv.ts";
import { WorkersLifetime } from "./lifetime.ts";
import { openLog } from "./log.ts";
import { WorkersMetricsHub } from "./metrics-hub.ts";
import { WorkersQueues } from "./queues.ts";
import { WorkersRateLimit } from "./rate-limit.ts";

type Context = Pick<ExecutionContext, "waitUntil">;

/** The dependencies of one invocation, a request or a job. Throws `SettingsError` where a variable or secret is missing or wrong. */
export function openDeps(
  env: WorkersEnv,
  context: Context,
  isolate: IsolateState,
  waiting: Waiting = "request",
): Deps {
  const variables: Variables = { ...env };
  const config = readConfig(variables);
  const receipt = newReceipt();
  const log = openLog(systemClock.now);
  const tracing = openTracing(isolate, readTraceSettings(variables), config.environment);
  const patience = patienceOf(waiting);
  // A client shared by requests hangs workerd: each invocation has its own (about 20 µs).
  const database = { ...readDatabase(variables), fetch: fetchWithin(databaseTimeoutMs(patience)) };
  const guarding = { isolate, clock: systemClock, patience };
  const ports = guardPorts(
    {
      kv: new WorkersKv(env.VITRINE_KV),
      edgeCache: new WorkersEdgeCache(),
      blobs: new WorkersBlobs(env.BLOBS),
      jobs: new WorkersJobs(env),
    },
    guarding,
  );
  return {
    ...traced(metered(ports, receipt), tracing.trace),
    ...tracing,
    config,
    isolate,
    db: openDatabase(
      () => new GuardedClient(createClient({ ...database, intMode: "number" }), guarding),
      receipt,
      observedTrips(isolate.metrics, tracing.trace),
    ),
    codec: new WasmImageCodec(isolate.codec, imageCodecModule, () => makeRoom(isolate, systemClock.now())),
    mailer: openMailer(config, readMail(variables), log),
    metricsHub: new WorkersMetricsHub(env.METRICS),
    queues: new WorkersQueues(env),
    dataPoints: env.ANALYTICS === undefined ? null : new WorkersDataPoints(env.ANALYTICS, log),
    passwords: new ScryptPasswords(),
    clock: systemClock,
    log,
    rateLimit: new WorkersRateLimit(env, log),
    lifetime: new WorkersLifetime(context, log),
    receipt,
  };
}
