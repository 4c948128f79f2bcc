import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startBare } from "../bare-workerd.ts";
import { benchState, buildWorker, startDeployment } from "../deployment.ts";
import { referenceFolder } from "../paths.ts";
import { cpuSeconds, descendants } from "../processes.ts";
import { jsonLines, runPython } from "../reference.ts";
import type { Load } from "../reference.ts";
import { writeReport } from "../report.ts";
import { SCALE, feedDataset } from "./dataset.ts";
import { startDenoServers } from "../deno-servers.ts";
import type { Servers } from "../deno-servers.ts";
import { copyDatabase } from "./feed-file.ts";
import { checkPages, readPages } from "./http-pages.ts";
import type { PageCheck, ReferencePage } from "./http-pages.ts";
import { ratioRows, rowOf } from "./http-report.ts";
import type { FeedLoad } from "./http-report.ts";
import { userIdOf } from "./ids.ts";
import { bearerOf } from "./sign-in.ts";

const { values: OPTIONS } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    only: { type: "string", default: "deno,workerd,reference" },
  },
});
const SECONDS = Number(OPTIONS.seconds);
const PARTS = OPTIONS.only.split(",");
const CONNECTIONS = [1, 32];
/** As many as the reference gives to gunicorn. */
const PROCESSES = 2;
const SECRET = "a secret of the measurements, long enough";
const [PAGES, LOAD] = ["pages.py", "load.py"].map((name) =>
  fileURLToPath(new URL(`python/${name}`, import.meta.url)),
);

type Headers = Record<string, string>;

function headersOf({ user }: ReferencePage): Headers {
  return { Authorization: `Bearer ${bearerOf(userIdOf(user), SECRET)}` };
}

async function loadOf(
  folder: string,
  { port, pids }: Servers,
  { connections, headers }: { connections: number; headers: readonly Headers[] },
): Promise<Omit<FeedLoad, "variant">> {
  const file = join(benchState(), "feed/load.json");
  writeFileSync(file, JSON.stringify({ port, connections, seconds: SECONDS, path: "/v1/feed", headers }));
  const before = pids.map(cpuSeconds);
  const [load] = jsonLines(await runPython(folder, [LOAD, folder, file])) as (Load & { n: number })[];
  const used = pids.map(cpuSeconds).reduce((sum, seconds, i) => sum + seconds - before[i], 0);
  // Those that warmed up, and wrk's.
  const requests = load.n + 2 * headers.length + (load.rps_wrk ?? 0) * Math.max(2, Math.floor(SECONDS / 2));
  return { ...load, serverCpuMs: (used / requests) * 1_000 };
}

interface Measured {
  loads: FeedLoad[];
  check: PageCheck;
}

/** A page that is asked for with its token may be five seconds old: both kinds of answer are in the time. */
async function measure(
  folder: string,
  servers: Servers,
  name: string,
  pages: ReferencePage[],
): Promise<Measured> {
  const check = await checkPages(servers.port, pages, headersOf);
  const plain = pages.map(headersOf);
  const tokens = await readPages(servers.port, plain);
  const held = plain.map((headers, i) => ({ ...headers, "Consistency-Token": tokens[i].token }));
  const loads: FeedLoad[] = [];
  for (const [kind, headers] of [
    ["uncached", plain],
    ["cached", held],
  ] as const) {
    for (const connections of CONNECTIONS) {
      const load = await loadOf(folder, servers, { connections, headers });
      loads.push({ ...load, variant: `${name}, ${kind}` });
      console.error(name, kind, connections, load.rps, load.rps_wrk, load.p50_ms, load.p99_ms);
    }
  }
  return { loads, check };
}

async function measureDeno(folder: string, file: string, pages: ReferencePage[]): Promise<Measured> {
  const servers = await startDenoServers(copyDatabase(file, "http.db"), PROCESSES, SECRET);
  return measure(folder, servers, "Vitrine, Deno", pages).finally(() => servers.stop());
}

async function measureWorkerd(folder: string, file: string, pages: ReferencePage[]): Promise<Measured> {
  copyDatabase(file, "workerd/vitrine.db");
  const deployment = await startDeployment(buildWorker(), { fresh: false, state: "feed/workerd" });
  const known = new Set(descendants(process.pid, "workerd").map(({ pid }) => pid));
  try {
    const { port, stop } = await startBare(deployment, PROCESSES);
    const started = descendants(process.pid, "workerd").filter(({ pid }) => !known.has(pid));
    const pids = [...started.map(({ pid }) => pid), deployment.databasePid];
    const servers = { port, pids, stop: async () => stop() };
    return await measure(folder, servers, "Vitrine, workerd", pages).finally(() => servers.stop());
  } finally {
    await deployment.stop();
  }
}

/** Flask and SQLAlchemy under gunicorn, measured by the reference itself. */
async function measureReference(folder: string): Promise<FeedLoad[]> {
  const options = ["--scale", SCALE, "--part", "load", "http", "--http-secs", String(SECONDS)];
  const rows = jsonLines(await runPython(folder, ["feed.py", ...options])) as (Load & {
    metric: string;
    n: number;
    workers_cpu_s: number[];
  })[];
  const loads = rows.filter(({ metric, variant }) => metric === "http" && variant !== "before");
  return loads.map((load) => ({
    ...load,
    serverCpuMs: (load.workers_cpu_s.reduce((sum, seconds) => sum + seconds, 0) / load.n) * 1_000,
  }));
}

async function main(): Promise<void> {
  const folder = referenceFolder();
  if (folder === null) throw new Error("Cannot measure: no reference; set VITRINE_REFERENCE to its folder");
  const { file } = await feedDataset(folder);
  await runPython(folder, ["feed.py", "--scale", SCALE, "--part", "load"]);
  const pages = jsonLines(await runPython(folder, [PAGES, folder, SCALE])) as ReferencePage[];
  const deno = PARTS.includes("deno") ? await measureDeno(folder, file, pages) : null;
  const workerd = PARTS.includes("workerd") ? await measureWorkerd(folder, file, pages) : null;
  const theirs = PARTS.includes("reference") ? await measureReference(folder) : [];
  const ours = [deno, workerd].filter((measured) => measured !== null);
  const loads = ours.flatMap((measured) => measured.loads);
  writeReport({
    name: OPTIONS.seconds === "8" && PARTS.length === 3 ? "feed-http" : "feed-http-partial",
    title: "The feed over HTTP",
    command: "npm run bench feed-http",
    notes: [
      "20,000 users, 200,000 posts, 1 million likes, 500,000 comments of the reference's generator; the same 200 users in the same order; client and servers on one machine, one after the other.",
      "Vitrine, Deno: two processes on one port over one libSQL file. Vitrine, workerd: the Worker in two processes on one port, and the libSQL server as a third. The reference: Flask and SQLAlchemy under two processes of gunicorn over one SQLite file, and Redis for what is cached. The rate limits are off; each of our requests brings a session.",
      "Uncached: no page is kept. In Deno the text of a post is, for at most 30 s and while its version and its product's stand; ids, versions, likes and who is hidden come from the database each time. Cached: ours for who brings the token of their own writes, at most 5 s old; the reference's for 60 s.",
      "Ours gives counts and the two newest comments of a post, the reference all its likes and comments. Ours has one's own posts too: without them the pages are compared, post by post, with the numbers of likes and comments.",
      "Latencies and requests/s by the reference's epoll client, whose own work is part of them; requests/s by wrk beside it. CPU of the servers alone.",
    ],
    tables: [
      {
        title: "Ratios",
        columns: ["pair", "connections", "requests/s", "requests/s (wrk)", "p50", "p99"],
        rows: ratioRows(loads, theirs, CONNECTIONS),
      },
      {
        title: "Numbers",
        columns: [
          "",
          "connections",
          "p50 ms",
          "p99 ms",
          "req/s",
          "req/s (wrk)",
          "CPU ms a request",
          "bytes",
          "errors",
        ],
        rows: [...loads, ...theirs].map(rowOf),
      },
      {
        title: "The pages of the 200 users",
        columns: [
          "",
          "pages as the reference's",
          "posts",
          "other posts or counts",
          "round trips",
          "rows, mean",
          "rows, most",
        ],
        rows: [
          ["Deno", deno],
          ["workerd", workerd],
        ].flatMap(([name, measured]) =>
          measured === null ? [] : [rowOfCheck(String(name), (measured as Measured).check)],
        ),
      },
    ],
    data: { ours, theirs },
  });
  if (ours.some(({ check }) => check.wrong > 0)) process.exitCode = 1;
}

function rowOfCheck(name: string, check: PageCheck) {
  const { pages, posts, wrong, trips, meanRows, mostRows } = check;
  return [name, pages, posts, wrong, trips, meanRows, mostRows];
}

await main();
