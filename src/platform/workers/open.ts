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
import { metered } from "../metered/metered.ts";
import { observedTrips } from "../metered/trips.ts";
import { ScryptPasswords } from "../memory/passwords.ts";
import { readConfig, readDatabase, readMail } from "../settings.ts";
import { WorkersBlobs } from "./blobs.ts";
import { WorkersEdgeCache } from "./edge-cache.ts";
import type { WorkersEnv } from "./env.ts";
import { imageCodecModule } from "./image-codec.ts";
import { WorkersJobs } from "./jobs.ts";
import { WorkersKv } from "./kv.ts";
import { WorkersLifetime } from "./lifetime.ts";
import { openLog } from "./log.ts";
import { WorkersMetricsHub } from "./metrics-hub.ts";
import { WorkersRateLimit } from "./rate-limit.ts";

type Context = Pick<ExecutionContext, "waitUntil">;

/** The dependencies of one invocation, a request or a job. Throws `SettingsError` where a variable or secret is missing or wrong. */
export function openDeps(
  env: WorkersEnv,
  context: Context,
  isolate: IsolateState,
  waiting: Waiting = "request",
): Deps {
  const config = readConfig({ ...env });
  const receipt = newReceipt();
  const log = openLog(systemClock.now);
  const patience = patienceOf(waiting);
  // A client shared by requests hangs workerd: each invocation has its own (about 20 µs).
  const database = { ...readDatabase({ ...env }), fetch: fetchWithin(databaseTimeoutMs(patience)) };
  const guarding = { breakers: isolate.breakers, metrics: isolate.metrics, clock: systemClock, patience };
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
    ...metered(ports, receipt),
    config,
    isolate,
    db: openDatabase(
      () => new GuardedClient(createClient({ ...database, intMode: "number" }), guarding),
      receipt,
      observedTrips(isolate.metrics),
    ),
    codec: new WasmImageCodec(isolate.codec, imageCodecModule, () => makeRoom(isolate, systemClock.now())),
    mailer: openMailer(config, readMail({ ...env }), log),
    metricsHub: new WorkersMetricsHub(env.METRICS),
    passwords: new ScryptPasswords(),
    clock: systemClock,
    log,
    rateLimit: new WorkersRateLimit(env, log),
    lifetime: new WorkersLifetime(context, log),
    receipt,
  };
}
