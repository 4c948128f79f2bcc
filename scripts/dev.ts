import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@libsql/client";
import { migrate } from "../src/db/migrate.ts";
import { watchWeb } from "./build-web.ts";
import { seedOnce, seedSince, type Demo } from "./dev/demo.ts";
import { FAILURES, untilUnhealthy } from "./dev/health.ts";
import { chooseInspectorPort, choosePort, PortError } from "./dev/ports.ts";
import { readSettings, writeVariables, type DevSettings } from "./dev/settings.ts";
import { startWrangler } from "./dev/wrangler.ts";
import { startLibsqlServer } from "./libsql-server.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const HOST = process.env.HOST ?? "127.0.0.1";
const READY_MS = 60_000;
const TICK_MS = 60_000;

const stopping = new AbortController();
const cleanups: (() => Promise<void> | void)[] = [];

/** Ends everything in the reverse order of its start, once. */
async function stop(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  for (const cleanup of cleanups.reverse()) {
    await Promise.resolve(cleanup()).catch((error: unknown) => console.error(`While stopping: ${error}`));
  }
  process.exit(exitCode);
}

function report(line: string): void {
  console.error(line);
}

async function openDatabase(settings: DevSettings): Promise<string> {
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const server = await startLibsqlServer({ file: join(settings.state, "vitrine.db"), port: 0 });
  cleanups.push(() => server.close());
  return server.url;
}

async function migrateDatabase(url: string, authToken: string | undefined): Promise<void> {
  const client = createClient({ url, authToken });
  try {
    await migrate(client);
  } finally {
    client.close();
  }
}

async function startWorker(settings: DevSettings, databaseUrl: string, port: number): Promise<string> {
  const envFile = join(settings.state, "worker.env");
  writeVariables(envFile, { ...settings.variables, TURSO_DATABASE_URL: databaseUrl });
  const inspectorPort = await chooseInspectorPort();
  stopping.signal.throwIfAborted();
  const wrangler = startWrangler({
    root: ROOT,
    state: settings.state,
    host: HOST,
    port,
    inspectorPort,
    envFile,
    report,
  });
  cleanups.push(() => wrangler.stop());
  void wrangler.ended.then((code) => {
    if (stopping.signal.aborted) return;
    console.error(`The Worker has ended (code ${code}): see ${join(settings.state, "dev.log")}`);
    void stop(1);
  });
  const url = `http://${HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${port}`;
  await untilAnswering(url);
  tellInspector(join(settings.state, "inspector.json"), { url, inspector: `127.0.0.1:${inspectorPort}` });
  return url;
}

/** For `vitrine profile`. */
function tellInspector(file: string, told: { url: string; inspector: string }): void {
  writeFileSync(file, `${JSON.stringify(told)}\n`);
  cleanups.push(() => rmSync(file, { force: true }));
}

async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!stopping.signal.aborted) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok === true) return;
    if (Date.now() > deadline) throw new Error(`${url}/healthz does not answer within ${READY_MS / 1_000} s`);
    await sleep(50);
  }
}

/** Cloudflare runs the cron trigger in production; locally somebody has to. */
function startTicking(url: string): void {
  const tick = (): void => {
    fetch(`${url}/cdn-cgi/local/scheduled`).then(
      (answer) => void answer.body?.cancel(),
      (error: unknown) => (stopping.signal.aborted ? undefined : report(`The tick failed: ${error}`)),
    );
  };
  const timer = setInterval(tick, TICK_MS);
  cleanups.push(() => clearInterval(timer));
  tick();
}

/** A Worker can hang while its process lives. */
function watchHealth(url: string): void {
  untilUnhealthy({ url, signal: stopping.signal }).then(
    () => {
      console.error(`${url} has not answered ${FAILURES} times in a row, though its process lives: ending`);
      void stop(1);
    },
    () => undefined,
  );
}

function printWelcome(url: string, settings: DevSettings, demo: Demo | null, started: number): void {
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const key = demo?.key ?? "vk_… (npx vitrine orgs create, npx vitrine keys create)";
  const signIn = demo === null ? "" : `\n  sign in as     ${demo.email}, password ${demo.password}`;
  const dashboard = demo === null ? "/orgs" : "/orgs/demo";
  const feed = `${url}/feed${demo === null ? "" : ", the demo's people and posts"}`;
  console.log(`
Vitrine answers at ${url} (after ${seconds} s)

  shop           ${url}/
  feed           ${feed}
  dashboard      ${url}${dashboard}${signIn}
  API            ${url}/docs
  operations     ${url}/ops, with the operator key
  operator key   ${settings.variables.OPERATOR_KEY}
  ${demo === null ? "API key       " : "demo's API key"} ${key}
  state and log  ${settings.state}

Next: curl "${url}/v1/search?q=lamp"
      npx vitrine import products.jsonl --key ${demo?.key ?? "vk_…"} --url ${url}
Ctrl-C stops everything.`);
}

async function main(): Promise<void> {
  const started = performance.now();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => void stop(0));
  const port = await choosePort(process.env.PORT, HOST);
  const settings = readSettings(ROOT, process.env);
  if (!existsSync(join(settings.state, "seeded")))
    console.log("Starting for the first time, with demo data: some seconds …");
  const prepareDatabase = async (): Promise<string> => {
    const url = await openDatabase(settings);
    await migrateDatabase(url, settings.variables.TURSO_AUTH_TOKEN);
    return url;
  };
  const [databaseUrl, stopWatching] = await Promise.all([prepareDatabase(), watchWeb(report)]);
  cleanups.push(stopWatching);
  const url = await startWorker(settings, databaseUrl, port);
  const options = {
    root: ROOT,
    state: settings.state,
    url,
    operatorKey: settings.variables.OPERATOR_KEY,
    wanted: settings.databaseUrl === null ? process.env.VITRINE_SEED : (process.env.VITRINE_SEED ?? "none"),
    signal: stopping.signal,
  };
  const demo = await seedOnce(options);
  startTicking(url);
  printWelcome(url, settings, demo, started);
  watchHealth(url);
  seedSince(options).catch((error: unknown) => {
    if (!stopping.signal.aborted) report(`The demo stays as it was: ${error}`);
  });
}

try {
  await main();
} catch (error) {
  if (!stopping.signal.aborted) console.error(error instanceof PortError ? error.message : error);
  await stop(1);
}
