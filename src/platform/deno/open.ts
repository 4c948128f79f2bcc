import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createClient, type Client } from "@libsql/client";
import { WasmImageCodec } from "../../codec/image-codec.ts";
import type { Config } from "../../config.ts";
import { openDatabase } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import type { Deps, IsolateState } from "../../deps.ts";
import type { ImageCodec } from "../../ports/image-codec.ts";
import type { Log } from "../../ports/log.ts";
import type { Mailer } from "../../ports/mailer.ts";
import type { Passwords } from "../../ports/passwords.ts";
import { newReceipt } from "../../ports/receipt.ts";
import { GuardedBlobs } from "../guarded/blobs.ts";
import { fetchWithin, GuardedClient } from "../guarded/database-client.ts";
import { GuardedJobs } from "../guarded/jobs.ts";
import { GuardedKv } from "../guarded/kv.ts";
import { databaseTimeoutMs, patienceOf } from "../guarded/policies.ts";
import type { Waiting } from "../guarded/policies.ts";
import { newIsolate } from "../isolate.ts";
import { systemClock } from "../memory/clock.ts";
import { MemoryEdgeCache } from "../memory/edge-cache.ts";
import { imageCodecFile } from "../memory/image-codec.ts";
import { MemoryLifetime } from "../memory/lifetime.ts";
import { createJsonLog } from "../memory/log.ts";
import { MemoryMetricsHub } from "../memory/metrics-hub.ts";
import { MemoryRateLimit } from "../memory/rate-limit.ts";
import { openMailer } from "../mail.ts";
import { readTraceSettings, type TraceSettings } from "../otlp.ts";
import { openTracing } from "../tracing.ts";
import { metered } from "../metered/metered.ts";
import { traced } from "../metered/traced.ts";
import { observedTrips } from "../metered/trips.ts";
import { ScryptPasswords } from "../memory/passwords.ts";
import { readConfig, readDatabase, readMail, type DatabaseSettings, type Variables } from "../settings.ts";
import { FolderBlobs } from "./blobs.ts";
import { FileClient, pathOfFileUrl } from "./file-client.ts";
import { lineWriter } from "./log-lines.ts";
import { TableJobs } from "./jobs.ts";
import { TableKv } from "./kv.ts";
import { withSecrets } from "./secrets.ts";
import { openTables } from "./tables.ts";

/** Everything one process keeps; it is both the data centre and the only isolate. */
export interface DenoPlatform {
  config: Config;
  /** The database for one invocation; a file's is one for all. */
  clientFor(waiting: Waiting): Client;
  kv: TableKv;
  edgeCache: MemoryEdgeCache;
  blobs: FolderBlobs;
  codec: ImageCodec;
  jobs: TableJobs;
  mailer: Mailer;
  passwords: Passwords;
  log: Log;
  rateLimit: MemoryRateLimit;
  lifetime: MemoryLifetime;
  isolate: IsolateState;
  metricsHub: MemoryMetricsHub;
  traces: TraceSettings | null;
}

/**
 * Opens the stores under `VITRINE_STATE` (`.vitrine/deno`) and brings the database to the newest schema: a libSQL file
 * there, unless `TURSO_DATABASE_URL` names another. Throws `SettingsError`.
 */
export async function openPlatform(variables: Variables): Promise<DenoPlatform> {
  const state = resolve(String(variables.VITRINE_STATE ?? ".vitrine/deno"));
  mkdirSync(state, { recursive: true });
  const own = { TURSO_DATABASE_URL: `file:${join(state, "vitrine.db")}` };
  const settings: Variables = { ...own, ...withSecrets(variables, state) };
  const clientFor = clientsOf(readDatabase(settings));
  const client = clientFor("job");
  // Who reads the file from outside, as a backup does, then locks no writer out. A server has its own journal.
  if (client.protocol === "file") await client.execute("PRAGMA journal_mode = WAL");
  await migrate(client);
  const tables = await openTables(join(state, "platform.db"));
  const config = readConfig(settings);
  const log = createJsonLog(lineWriter(), systemClock.now);
  const isolate = newIsolate();
  return {
    config,
    clientFor,
    kv: new TableKv(tables, systemClock),
    edgeCache: new MemoryEdgeCache(systemClock),
    blobs: await FolderBlobs.open(join(state, "blobs")),
    codec: new WasmImageCodec(isolate.codec, imageCodecFile()),
    jobs: new TableJobs(tables, systemClock),
    mailer: openMailer(config, readMail(settings), log),
    passwords: new ScryptPasswords(),
    log,
    rateLimit: new MemoryRateLimit(systemClock),
    lifetime: new MemoryLifetime(),
    isolate,
    metricsHub: new MemoryMetricsHub(systemClock),
    traces: readTraceSettings(settings),
  };
}

/** A client lets 20 requests out at a time: were it shared, a few that get no answer would hold up all others. */
function clientsOf(database: DatabaseSettings): (waiting: Waiting) => Client {
  const path = pathOfFileUrl(database.url);
  if (path !== null) {
    const client = new FileClient(path);
    return () => client;
  }
  const open = (waiting: Waiting): Client => {
    const fetch = fetchWithin(databaseTimeoutMs(patienceOf(waiting)));
    return createClient({ ...database, intMode: "number", fetch });
  };
  if (!/^wss?:/.test(database.url)) return open;
  // A connection of its own is more than one invocation is worth.
  const shared = open("job");
  return () => shared;
}

export interface Invocation {
  /** The other end of its connection, if it has one. */
  clientAddress?: string;
  waiting?: Waiting;
}

/** The dependencies of one invocation, a request or a job. The cache is this process's own memory and needs no guard. */
export function openDeps(
  platform: DenoPlatform,
  { clientAddress, waiting = "request" }: Invocation = {},
): Deps {
  const { config, isolate, edgeCache, codec, mailer, metricsHub, passwords, log, rateLimit, lifetime } =
    platform;
  const guarding = { isolate, clock: systemClock, patience: patienceOf(waiting) };
  const ports = {
    kv: new GuardedKv(platform.kv, guarding),
    edgeCache,
    blobs: new GuardedBlobs(platform.blobs, guarding),
    jobs: new GuardedJobs(platform.jobs, guarding),
  };
  const receipt = newReceipt();
  const tracing = openTracing(isolate, platform.traces, config.environment);
  const db = openDatabase(
    () => new GuardedClient(platform.clientFor(waiting), guarding),
    receipt,
    observedTrips(isolate.metrics, tracing.trace),
  );
  return {
    ...traced(metered(ports, receipt), tracing.trace),
    ...tracing,
    config,
    isolate,
    db,
    codec,
    mailer,
    metricsHub,
    queues: platform.jobs,
    dataPoints: null,
    passwords,
    clock: systemClock,
    log,
    rateLimit,
    lifetime,
    receipt,
    clientAddress,
  };
}
