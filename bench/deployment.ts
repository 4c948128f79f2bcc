import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@libsql/client";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { freePort } from "../scripts/dev/ports.ts";
import { migrate } from "../src/db/migrate.ts";
import { ROOT } from "./paths.ts";
import { descendants } from "./processes.ts";

const HOST = "127.0.0.1";
export const OPERATOR_KEY = "op_of_the_measurements_0123456789";
const TICK_MS = 60_000;

/** The built Worker, its database and its buckets on this machine. */
export interface Deployment {
  url: string;
  port: number;
  operatorKey: string;
  workerdPid: number;
  databasePid: number;
  /** The Worker's variables and secrets. */
  variables: Readonly<Record<string, string>>;
  /** An object of the bucket. */
  blob(key: string): Promise<ArrayBuffer | null>;
  putBlob(key: string, bytes: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

/** What the command line needs to know of a deployment. */
export type Site = Pick<Deployment, "url" | "operatorKey">;

/** Where the measurements keep a deployment between runs: `VITRINE_BENCH_STATE`, else a temporary folder. */
export function benchState(): string {
  return process.env.VITRINE_BENCH_STATE ?? join(tmpdir(), "vitrine-bench");
}

/** Bundles the Worker as a deployment would; answers the folder of its modules. */
export function buildWorker(): string {
  const folder = join(benchState(), "dist");
  rmSync(folder, { recursive: true, force: true });
  const bin = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const env = { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" };
  execFileSync(process.execPath, [join(ROOT, "scripts/build-web.ts")], { cwd: ROOT, stdio: "ignore" });
  execFileSync(process.execPath, [bin, "deploy", "--dry-run", "--outdir", folder], {
    cwd: ROOT,
    env,
    stdio: "pipe",
  });
  return folder;
}

export async function startDatabase(file: string): Promise<{ process: ChildProcess; url: string }> {
  const port = await freePort(HOST);
  const script = join(ROOT, "scripts/libsql-server.ts");
  const child = spawn(process.execPath, [script, file, String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The database server ended with ${code}`)));
    child.stdout?.once("data", () => resolve());
  });
  const url = `http://${HOST}:${port}`;
  const client = createClient({ url });
  await migrate(client).finally(() => client.close());
  return { process: child, url };
}

function modulesOf(folder: string) {
  const files = readdirSync(folder).filter((file) => /\.(js|wasm)$/.test(file));
  // The first module is the entry.
  const ordered = files.toSorted((a, b) => Number(b === "worker.js") - Number(a === "worker.js"));
  return ordered.map((file) => ({
    type: file.endsWith(".wasm") ? ("CompiledWasm" as const) : ("ESModule" as const),
    path: join(folder, file),
  }));
}

export function variablesOf(databaseUrl: string): Record<string, string> {
  return {
    ENVIRONMENT: "production",
    VITRINE_SECRET: "a secret of the measurements, long enough",
    OPERATOR_KEY,
    TURSO_DATABASE_URL: databaseUrl,
    RATE_LIMITS: "off",
    ADMISSION: "off",
  };
}

interface Ports {
  port: number;
  /** Of the inspector, where one listens. */
  inspectorPort?: number;
}

function serverOptions(worker: string, state: string, ports: Ports, variables: Record<string, string>) {
  const { port, inspectorPort } = ports;
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, "wrangler.toml"));
  const bindings = { ...(workerOptions.bindings as Record<string, never>), ...variables };
  const one = {
    ...workerOptions,
    name: "vitrine",
    modulesRoot: worker,
    modules: modulesOf(worker),
    bindings,
    // Straight to the Worker: Miniflare's own entry is a Worker in front of it that answers 5,000 requests/s at most.
    unsafeDirectSockets: [{ host: HOST, port }],
  };
  const common = {
    host: HOST,
    cf: false as const,
    logRequests: false,
    handleStructuredLogs: printErrors,
    inspectorPort,
  };
  return {
    ...convertV4MiniflareOptions({ ...common, workers: [one as never] }),
    resourcePersistencePath: join(state, "workers"),
  };
}

/** The Worker writes a line a request; of use here are the errors. */
function printErrors({ level, message }: { level: string; message: string }): void {
  if (level === "error") console.error(message.slice(0, 500));
}

async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`${url}/healthz does not answer`);
}

export interface StartOptions {
  fresh: boolean;
  /** A folder beneath that of the measurements' state. */
  state?: string;
  inspectorPort?: number;
  /** Of the Worker, instead of those of the measurements. */
  variables?: Readonly<Record<string, string>>;
}

/** Serves the built Worker by workerd with Miniflare's stores, without wrangler's proxy; the rate limits are off. */
export async function startDeployment(worker: string, options: StartOptions): Promise<Deployment> {
  const state = join(benchState(), options.state ?? "state");
  if (options.fresh) rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const database = await startDatabase(join(state, "vitrine.db"));
  const port = await freePort(HOST);
  const variables = { ...variablesOf(database.url), ...options.variables };
  const known = new Set(descendants(process.pid, "workerd").map(({ pid }) => pid));
  const { inspectorPort } = options;
  const server = new Miniflare(serverOptions(worker, state, { port, inspectorPort }, variables));
  await server.ready;
  const workerd = descendants(process.pid, "workerd").find(({ pid }) => !known.has(pid));
  if (workerd === undefined) throw new Error("Cannot find the workerd process");
  const url = `http://${HOST}:${port}`;
  await untilAnswering(url);
  let isStopping = false;
  const timer = setInterval(() => {
    tick(server).catch((error: unknown) => {
      if (!isStopping) throw error;
    });
  }, TICK_MS);
  return {
    url,
    port,
    operatorKey: OPERATOR_KEY,
    workerdPid: workerd.pid,
    databasePid: database.process.pid ?? 0,
    variables,
    async blob(key) {
      const bucket = await server.getR2Bucket("BLOBS", "vitrine");
      return (await (await bucket.get(key))?.arrayBuffer()) ?? null;
    },
    async putBlob(key, bytes) {
      const bucket = await server.getR2Bucket("BLOBS", "vitrine");
      await bucket.put(key, bytes);
    },
    async stop() {
      clearInterval(timer);
      isStopping = true;
      await server.dispose();
      database.process.kill("SIGTERM");
    },
  };
}

/** Cloudflare's cron trigger. */
async function tick(server: Miniflare): Promise<void> {
  const worker = await server.getWorker();
  await worker.scheduled({ cron: "* * * * *" });
}

/** Runs the command line against a deployment; answers what it printed as JSON. */
export async function vitrine(deployment: Site, args: readonly string[], key?: string): Promise<unknown> {
  const env = {
    ...process.env,
    VITRINE_URL: deployment.url,
    OPERATOR_KEY: deployment.operatorKey,
    ...(key === undefined ? {} : { VITRINE_KEY: key }),
  };
  const child = spawn(process.execPath, [join(ROOT, "cli/main.ts"), ...args, "--json"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? 1)));
  // 1 and 2 are failures; others say that some lines were rejected.
  if (text.trim() === "") throw new Error(`vitrine ${args[0]} ended with ${code}`);
  return JSON.parse(text);
}

const MARK = "imported";

/** Says that the state holds all that was to be imported. */
export function markImported(state = "state"): void {
  writeFileSync(join(benchState(), state, MARK), new Date().toISOString());
}

export function isImported(state = "state"): boolean {
  try {
    return readFileSync(join(benchState(), state, MARK), "utf8") !== "";
  } catch {
    return false;
  }
}
