import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { descendants, residentBytes } from "../processes.ts";
import { writeReport } from "../report.ts";
import { median } from "../statistics.ts";
import { loadCatalogue } from "./catalogue.ts";
import { buildSegments } from "./segments.ts";

const MB = 2 ** 20;
const RUNS = 7;
const QUERIES = [
  "laptop bag",
  "lego castle",
  "hp toner",
  "bluetoth speaker",
  "choc",
  "milk",
  "red brick 2x4",
];

interface Run {
  /** Milliseconds of the first search, request to answer, in a fresh process. */
  coldMs: number;
  openMs: number;
  fetchMs: number;
  peakBytes: number;
  restBytes: number;
  indexBytes: number;
}

async function bundle(): Promise<string> {
  const entryPoints = [new URL("workerd/worker.ts", import.meta.url).pathname];
  const options = { bundle: true, format: "esm", target: "es2024", write: false, minify: true } as const;
  const { outputFiles } = await build({ entryPoints, ...options });
  return outputFiles[0].text;
}

async function start(script: string, persist: string): Promise<{ server: Miniflare; url: URL; pid: number }> {
  const known = new Set(descendants(process.pid, "workerd").map(({ pid }) => pid));
  const server = new Miniflare({
    ...convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate: "2026-10-20",
      r2Buckets: ["SEGMENTS"],
      cf: false,
    }),
    resourcePersistencePath: persist,
  });
  const url = await server.ready;
  const child = descendants(process.pid, "workerd").find(({ pid }) => !known.has(pid));
  if (child === undefined) throw new Error("Cannot find the workerd process");
  return { server, url, pid: child.pid };
}

async function store(script: string, persist: string): Promise<void> {
  const { server } = await start(script, persist);
  const bucket = await server.getR2Bucket("SEGMENTS");
  for (const [i, buffer] of buildSegments(loadCatalogue().products).entries())
    await bucket.put(`${i}`, buffer);
  await server.dispose();
}

/** Peak of a process that only ever answered `path`. */
async function control(script: string, persist: string, path: string, times: number): Promise<number> {
  const { server, url, pid } = await start(script, persist);
  for (let i = 0; i < times; i++) await (await fetch(new URL(path, url))).text();
  const { peak } = residentBytes(pid);
  await server.dispose();
  return peak;
}

async function measure(script: string, persist: string): Promise<Run> {
  const { server, url, pid } = await start(script, persist);
  // The client's own first connection is not the Worker's.
  await (await fetch(new URL("/healthz", url))).text();
  const begun = performance.now();
  const first = await fetch(new URL("/search?q=laptop", url));
  const answer = (await first.json()) as { openMs: number; fetchMs: number; bytes: number };
  const coldMs = performance.now() - begun;
  if (answer.bytes === 0) throw new Error("Cannot measure: the bucket is empty");
  for (let i = 0; i < 200; i++) {
    await (await fetch(new URL(`/search?q=${encodeURIComponent(QUERIES[i % QUERIES.length])}`, url))).text();
  }
  const { peak, now } = residentBytes(pid);
  await server.dispose();
  const { openMs, fetchMs, bytes } = answer;
  return { coldMs, openMs, fetchMs, peakBytes: peak, restBytes: now, indexBytes: bytes };
}

async function main(): Promise<void> {
  const persist = mkdtempSync(join(tmpdir(), "vitrine-workerd-"));
  const script = await bundle();
  await store(script, persist);
  const healthz: number[] = [];
  const reading: number[] = [];
  const runs: Run[] = [];
  for (let i = 0; i < RUNS; i++) {
    healthz.push(await control(script, persist, "/healthz", 20));
    reading.push(await control(script, persist, "/read", 1));
    runs.push(await measure(script, persist));
  }
  rmSync(persist, { recursive: true });
  const base = median(healthz);
  const of = (read: (run: Run) => number) => runs.map(read);
  const peak = of((run) => run.peakBytes - base);
  const row = (name: string, values: readonly number[], goal: number | null) => {
    return [name, median(values), Math.max(...values), goal];
  };
  writeReport({
    name: "workerd",
    title: "The index in workerd",
    command: "npm run bench workerd",
    notes: [
      `166,927 products in R2 (Miniflare's, in the same process), ${RUNS} fresh processes; median and worst.`,
      "Cold: the first search of a fresh process, from request to whole answer: list, read all segments, open, search.",
      "Peak: VmHWM of workerd after the cold search and 200 more, minus that of one that served /healthz alone.",
    ],
    tables: [
      {
        title: "One isolate",
        columns: ["figure", "median", "worst", "goal"],
        rows: [
          row(
            "index, MB",
            of((run) => run.indexBytes / MB),
            40,
          ),
          row(
            "open all segments, ms",
            of((run) => run.openMs),
            50,
          ),
          row(
            "read all segments, ms",
            of((run) => run.fetchMs),
            null,
          ),
          row(
            "cold first answer, ms",
            of((run) => run.coldMs),
            300,
          ),
          row(
            "peak over /healthz, MB",
            peak.map((bytes) => bytes / MB),
            100,
          ),
          row(
            "at rest over /healthz, MB",
            of((run) => (run.restBytes - base) / MB),
            null,
          ),
          row(
            "peak of reading alone over /healthz, MB",
            reading.map((bytes) => (bytes - base) / MB),
            null,
          ),
        ],
      },
    ],
    data: { runs, healthzBytes: healthz, readingBytes: reading },
  });
}

await main();
