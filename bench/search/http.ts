import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchState, buildWorker, isImported, startDeployment } from "../deployment.ts";
import { startBare } from "../bare-workerd.ts";
import { importCatalogue } from "../import.ts";
import { referenceFolder } from "../paths.ts";
import { writeReport } from "../report.ts";
import { jsonLines, loadByEpoll, rateByWrk, runPython } from "../reference.ts";
import type { Load } from "../reference.ts";
import { catalogueFile } from "./catalogue.ts";

const { values: OPTIONS } = parseArgs({ options: { seconds: { type: "string", default: "8" } } });
const SECONDS = Number(OPTIONS.seconds);
/** As many queries as the reference repeats in its own measurement. */
const QUERIES = 200;
const CONNECTIONS = [1, 32];
/** As many as the reference gives to gunicorn. */
const PROCESSES = 2;

async function prepareReference(folder: string): Promise<string> {
  const data = join(benchState(), "reference/data/catalogue");
  const file = catalogueFile();
  if (file === null) throw new Error("Cannot measure: no data folder; set VITRINE_DATA to it");
  if (!existsSync(join(data, "manifest.json"))) {
    await runPython(folder, ["gen/convert.py", "--in", file, "--out", data]);
    await runPython(folder, ["search.py", "--data", data, "--part", "build"]);
  }
  return data;
}

/** Whoosh under gunicorn, measured by the reference itself. */
async function measureReference(folder: string, data: string): Promise<Load[]> {
  const text = await runPython(folder, [
    "search.py",
    "--data",
    data,
    "--part",
    "http",
    "--http-secs",
    String(SECONDS),
  ]);
  return jsonLines(text) as Load[];
}

function readQueries(data: string): string[] {
  const lines = readFileSync(join(data, "queries.jsonl"), "utf8").split("\n").slice(0, QUERIES);
  return lines.map((line) => (JSON.parse(line) as { q: string }).q);
}

let distinct = 0;

/**
 * Paths of requests. Uncached ones each exclude another word that no product has: an answer that nobody has asked for
 * before, and the same work.
 */
function pathsOf(queries: readonly string[], count: number, limit: number, cached: boolean): string[] {
  return Array.from({ length: count }, (_, i) => {
    const query = queries[i % queries.length];
    const asked = cached ? query : `-zzq${distinct++}x ${query}`;
    return `/v1/search?limit=${limit}&q=${encodeURIComponent(asked)}`;
  });
}

async function measureOurs(folder: string, port: number, queries: readonly string[]): Promise<Load[]> {
  const loads: Load[] = [];
  for (const cached of [false, true]) {
    for (const limit of [20, 50]) {
      for (const connections of CONNECTIONS) {
        const paths = (count: number) => pathsOf(queries, cached ? QUERIES : count, limit, cached);
        const total = SECONDS * (connections === 1 ? 500 : 2_500);
        const common = { port, connections };
        // Warm: the isolate's code, and the answers where they are to be cached.
        await loadByEpoll(folder, { ...common, paths: paths(2_000), total: 2_000 });
        const load = await loadByEpoll(folder, { ...common, paths: paths(total), total });
        const rps = await rateByWrk(folder, { ...common, paths: paths(SECONDS * 15_000), seconds: SECONDS });
        const variant = `Vitrine, ${limit} products, ${cached ? "cached" : "uncached"}`;
        loads.push({ ...load, variant, rps_wrk: rps });
        console.error(variant, connections, load.rps, rps);
      }
    }
  }
  return loads;
}

const NAMES: Readonly<Record<string, string>> = {
  before: "linear scan (Python)",
  after: "Whoosh, 50 ids",
  after_plus: "Whoosh with prefix and typo, 50 ids",
  after_cached: "Whoosh, 50 ids, cached",
};

function ratioRows(ours: readonly Load[], theirs: readonly Load[]) {
  const pairs = [
    ["Vitrine, 20 products, uncached", "after"],
    ["Vitrine, 20 products, uncached", "after_plus"],
    ["Vitrine, 50 products, uncached", "after"],
    ["Vitrine, 20 products, cached", "after_cached"],
    ["Vitrine, 50 products, cached", "after_cached"],
  ];
  return pairs.flatMap(([mine, their]) =>
    CONNECTIONS.flatMap((concurrency) => {
      const a = ours.find((load) => load.variant === mine && load.concurrency === concurrency);
      const b = theirs.find((load) => load.variant === their && load.concurrency === concurrency);
      if (a === undefined || b === undefined) return [];
      const ratio = (top: number | null, bottom: number | null) =>
        top === null || bottom === null ? null : `${(top / bottom).toFixed(1)}×`;
      const rates = [ratio(a.rps, b.rps), ratio(a.rps_wrk, b.rps_wrk)];
      return [[`${mine} : ${NAMES[their]}`, concurrency, ...rates, ratio(b.p50_ms, a.p50_ms)]];
    }),
  );
}

function rowOf(load: Load) {
  const { concurrency, p50_ms, p95_ms, p99_ms, rps, rps_wrk, bytes_mean, errors } = load;
  const name = NAMES[load.variant] ?? load.variant;
  return [name, concurrency, p50_ms, p95_ms, p99_ms, rps, rps_wrk, bytes_mean, errors];
}

async function main(): Promise<void> {
  const folder = referenceFolder();
  if (folder === null) throw new Error("Cannot measure: no reference; set VITRINE_REFERENCE to its folder");
  const data = await prepareReference(folder);
  const deployment = await startDeployment(buildWorker(), { fresh: !isImported() });
  let ours: Load[];
  try {
    if (!isImported()) await importCatalogue(deployment);
    const servers = await startBare(deployment, PROCESSES);
    ours = await measureOurs(folder, servers.port, readQueries(data)).finally(() => servers.stop());
  } finally {
    await deployment.stop();
  }
  const theirs = (await measureReference(folder, data)).filter(({ variant }) => variant in NAMES);
  writeReport({
    name: OPTIONS.seconds === "8" ? "http" : "http-partial",
    title: "Search over HTTP",
    command: "npm run bench http",
    notes: [
      "166,927 products, the same 200 queries (words, phrases, typos, prefixes), client and servers on one machine, one after the other.",
      "Vitrine: the Worker in two processes of workerd on one port. Whoosh: Flask under two processes of gunicorn.",
      "Vitrine answers products with prices, pictures and highlights; Whoosh answers ids alone.",
      "Uncached: each request excludes another unknown word, so none was asked before. Latencies and requests/s by one epoll client; requests/s by wrk beside it.",
    ],
    tables: [
      {
        title: "Ratios",
        columns: ["pair", "connections", "requests/s", "requests/s (wrk)", "p50"],
        rows: ratioRows(ours, theirs),
      },
      {
        title: "Numbers",
        columns: [
          "engine",
          "connections",
          "p50 ms",
          "p95 ms",
          "p99 ms",
          "req/s",
          "req/s (wrk)",
          "bytes",
          "errors",
        ],
        rows: [...ours, ...theirs].map(rowOf),
      },
    ],
    data: { ours, theirs },
  });
}

await main();
