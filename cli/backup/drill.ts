import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { itemsOf, record, type Api } from "../api.ts";
import { BackupError } from "../errors.ts";
import { countRows, openFile } from "./database.ts";
import { startBeside } from "./deployment-beside.ts";
import { checkDerived } from "./derived.ts";
import type { BackupManifest } from "./manifest.ts";
import { restoreBlobs } from "./restore-blobs.ts";
import { restoreDatabase } from "./restore-database.ts";
import { searchAnswers, someQueries } from "./search-answers.ts";
import { takeBackup, type BackupOptions } from "./take-backup.ts";
import { requireWhole } from "./verify-backup.ts";

export interface DrillOptions extends Omit<BackupOptions, "folder" | "resume" | "onProgress"> {
  /** Empty, for the backup and for what is restored from it. */
  work: string;
  queries: number;
  onStep: (step: string) => void;
}

export interface Check {
  name: string;
  isRight: boolean;
  detail: string;
}

export interface DrillReport {
  manifest: BackupManifest;
  /** `restore` with the check of rows and the deployment's start; `answer` is the first search's. */
  seconds: { backup: number; verify: number; restore: number; answer: number };
  checks: Check[];
}

const RECOUNT_MS = 300_000;

/**
 * A backup of the deployment as it works, restored to an empty place on this machine, where a deployment answers on it. Its
 * checks: rows as in the backup, numbers as counted, searches as the live one answers those that no write changed meanwhile.
 */
export async function runDrill(options: DrillOptions): Promise<DrillReport> {
  const { api: live, work, signal, onStep } = options;
  const folder = join(work, "backup");
  const state = join(work, "state");
  await mkdir(state, { recursive: true });
  const queries = await someQueries(live, options.queries);
  const before = await searchAnswers(live, queries);
  onStep("backing up");
  const timer = stopwatch();
  const manifest = await takeBackup({ ...options, folder, resume: false, onProgress: () => undefined });
  const backup = timer();
  const after = await searchAnswers(live, queries);
  onStep("verifying");
  timer();
  await requireWhole({ folder, signal, onBlob: () => undefined });
  const verify = timer();
  onStep("restoring");
  const path = join(state, "vitrine.db");
  await restoreHere(options, { folder, path, manifest });
  const checks = await databaseChecks(path, manifest);
  const beside = await startBeside(state, signal);
  try {
    await restoreBlobs({ ...options, api: beside.api, folder, onBlob: () => undefined });
    const restore = timer();
    await searchAnswers(beside.api, queries.slice(0, 1));
    const answer = timer();
    const answers = await searchAnswers(beside.api, queries);
    onStep("comparing");
    const isSteady = (query: string): boolean => before.get(query) === after.get(query);
    checks.push(
      compare("searches as the live deployment answers them", queries.filter(isSteady), after, answers),
    );
    checks.push(await recounted(beside.api, state, signal));
    checks.push(await rebuilt(beside.api, queries, answers, signal));
    return { manifest, seconds: { backup, verify, restore, answer }, checks };
  } finally {
    await beside.stop();
  }
}

function stopwatch(): () => number {
  let at = performance.now();
  return () => {
    const seconds = (performance.now() - at) / 1_000;
    at = performance.now();
    return seconds;
  };
}

interface Here {
  folder: string;
  /** Of the restored database. */
  path: string;
  manifest: BackupManifest;
}

/** Jobs stay held back, and webhooks are disabled: a drill tells nobody anything. */
async function restoreHere(options: DrillOptions, { folder, path, manifest }: Here): Promise<void> {
  const place = { url: `file:${path}`, authToken: undefined, path };
  const { signal } = options;
  const to = {
    folder,
    manifest,
    place,
    overwrite: false,
    endSessions: false,
    signal,
    onRows: () => undefined,
  };
  await restoreDatabase(to);
  const client = openFile(path);
  try {
    if ("webhooks" in (await countRows(client))) await client.execute("UPDATE webhooks SET disabled_at = 1");
  } finally {
    client.close();
  }
}

async function databaseChecks(path: string, manifest: BackupManifest): Promise<Check[]> {
  const client = openFile(path);
  try {
    const counts = await countRows(client);
    const wrong = Object.entries(manifest.database.tables).filter(([table, rows]) => counts[table] !== rows);
    const rows = {
      name: "rows of every table",
      isRight: wrong.length === 0,
      detail: wrong.map(([table, count]) => `${table}: ${counts[table]} of ${count}`).join(", "),
    };
    const derived = await checkDerived(client);
    return [
      rows,
      ...derived.map(({ name, wrong: ids }) => ({ name, isRight: ids.length === 0, detail: ids.join(", ") })),
    ];
  } finally {
    client.close();
  }
}

function compare(
  name: string,
  queries: readonly string[],
  expected: ReadonlyMap<string, string>,
  answers: ReadonlyMap<string, string>,
): Check {
  const wrong = queries.filter((query) => expected.get(query) !== answers.get(query));
  const detail =
    wrong.length === 0 ? `${queries.length} queries` : `others for ${wrong.slice(0, 10).join(", ")}`;
  return { name, isRight: wrong.length === 0 && queries.length > 0, detail };
}

/** Every number of the analytics against its events, by the service's own recount. */
async function recounted(api: Api, state: string, signal: AbortSignal): Promise<Check> {
  const started = record(await api.call({ method: "POST", path: "/v1/admin/analytics/recount", body: {} }));
  await untilQueueIsEmpty(state, signal);
  const found = record(await api.call({ path: "/v1/admin/analytics/drift", query: { limit: "20" } }));
  const since = Date.now() - RECOUNT_MS;
  const wrong = itemsOf(found)
    .map(record)
    .filter((one) => Date.parse(String(one.created_at)) > since);
  const detail =
    wrong.length === 0
      ? `${String(started.organisations)} organisations`
      : wrong.map((one) => one.what).join(", ");
  return { name: "counters of analytics", isRight: wrong.length === 0, detail };
}

/** The index made anew from the restored catalogue finds what the restored index finds. */
async function rebuilt(
  api: Api,
  queries: readonly string[],
  answers: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Check> {
  const generation = async (): Promise<number> =>
    Number(record(await api.call({ path: "/v1/admin/index" })).generation);
  const old = await generation();
  await api.call({ method: "POST", path: "/v1/admin/index/rebuild" });
  await until("The index is not built anew", async () => (await generation()) > old, signal);
  // An isolate looks for a newer index once a second.
  await sleep(2_000, undefined, { signal });
  return compare(
    "searches after the index is built anew",
    queries,
    await searchAnswers(api, queries),
    answers,
  );
}

async function untilQueueIsEmpty(state: string, signal: AbortSignal): Promise<void> {
  const path = join(state, "platform.db");
  if (!existsSync(path)) throw new BackupError(`The restored deployment has no queue at "${path}"`);
  const client = openFile(path);
  try {
    const isEmpty = async (): Promise<boolean> => {
      const { rows } = await client.execute("SELECT count(*) AS n FROM jobs");
      return Number(rows[0].n) === 0;
    };
    await until("The recount does not end", isEmpty, signal);
  } finally {
    client.close();
  }
}

async function until(what: string, isSo: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + RECOUNT_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new BackupError(`${what} within ${RECOUNT_MS / 1_000} s`);
    await sleep(200, undefined, { signal });
  }
}
