import { parseArgs } from "node:util";
import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import { summarize } from "../statistics.ts";
import type { Latency } from "../statistics.ts";
import { loadCatalogue } from "./catalogue.ts";
import { loadJudgments } from "./judgments.ts";
import { drawQueries } from "./queries.ts";
import { CONTENDERS } from "./rivals/contenders.ts";
import type { OpenRival, QueryClass, Rival, RivalQuery } from "./rivals/rival.ts";

const CLASSES: readonly QueryClass[] = [
  "1 word",
  "2-3 words",
  "phrase",
  "typo",
  "prefix 3-4",
  "prefix 1-2",
  "filters + facets",
  "browse",
  "suggest",
];
const WARM_UP = 200;
const BUDGET_SECONDS = 6;

interface ClassLatency extends Latency {
  /** Share of the queries with any answer. */
  answered: number;
  slowest: { query: RivalQuery; ms: number }[];
}

interface Measured {
  name: string;
  settings: string;
  products: number;
  buildSeconds: number;
  classes: Partial<Record<QueryClass, ClassLatency>>;
}

async function once(rival: OpenRival, kind: QueryClass, query: RivalQuery): Promise<number> {
  if (kind === "suggest") return rival.suggest?.(query.text).length ?? 0;
  const answer = rival.search(query);
  return (answer instanceof Promise ? await answer : answer).length;
}

/** Each query once after a warm-up with others, until the list or the time for slow engines ends. */
async function measureClass(
  rival: OpenRival,
  kind: QueryClass,
  queries: readonly RivalQuery[],
  repeat: number,
) {
  const [warm, timed] = [queries.slice(0, WARM_UP), queries.slice(WARM_UP)];
  const stop = performance.now() + BUDGET_SECONDS * 1000;
  for (const query of warm) {
    if (performance.now() < stop - BUDGET_SECONDS * 750) await once(rival, kind, query);
  }
  const latencies: number[] = [];
  let answered = 0;
  for (const query of timed) {
    let [least, hits] = [Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < repeat; i++) {
      const start = performance.now();
      hits = await once(rival, kind, query);
      least = Math.min(least, performance.now() - start);
    }
    latencies.push(least);
    if (hits > 0) answered++;
    if (performance.now() > stop) break;
  }
  const slowest = latencies
    .map((ms, i) => ({ query: timed[i], ms }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 10);
  return { ...summarize(latencies), answered: answered / latencies.length, slowest };
}

async function measure(rival: Rival, perClass: number, repeat: number): Promise<Measured> {
  const all = loadCatalogue().products;
  const judged = loadJudgments().map(({ query }) => query);
  // Every n-th, so that each source keeps its share.
  const step = rival.atMost === undefined ? 1 : Math.ceil(all.length / rival.atMost);
  const products = all.filter((_, i) => i % step === 0);
  const start = performance.now();
  const open = await rival.build(products);
  const buildSeconds = (performance.now() - start) / 1000;
  const classes: Measured["classes"] = {};
  for (const kind of CLASSES) {
    if (rival.lacks.includes(kind)) continue;
    classes[kind] = await measureClass(
      open,
      kind,
      drawQueries(kind, perClass + WARM_UP, all, judged),
      repeat,
    );
    const { p50 = 0, p99 = 0, max = 0 } = classes[kind] ?? {};
    console.error(
      `${rival.name}, ${kind}: p50 ${p50.toFixed(3)}, p99 ${p99.toFixed(3)}, max ${max.toFixed(1)} ms`,
    );
  }
  open.close?.();
  return { name: rival.name, settings: rival.settings, products: products.length, buildSeconds, classes };
}

function ratioTable([ours, ...rivals]: readonly Measured[], figure: "p50" | "p99"): Table {
  const rows = rivals.map((rival) => {
    const cells = CLASSES.map((kind) => {
      const [mine, theirs] = [ours.classes[kind], rival.classes[kind]];
      return mine === undefined || theirs === undefined
        ? null
        : `${(theirs[figure] / mine[figure]).toFixed(1)}×`;
    });
    return [`${rival.name}, ${rival.products.toLocaleString("en-US")}`, ...cells];
  });
  return {
    title: `${figure} of each rival as a multiple of ours`,
    columns: ["engine, products", ...CLASSES],
    rows,
  };
}

function classTable(measured: readonly Measured[], kind: QueryClass): Table {
  const rows = measured.flatMap(({ name, products, classes }) => {
    const latency = classes[kind];
    if (latency === undefined) return [];
    const { n, p50, p95, p99, max, answered } = latency;
    return [[name, products, n, p50, p95, p99, max, `${(answered * 100).toFixed(1)} %`]];
  });
  const columns = ["engine", "products", "queries", "p50 ms", "p95 ms", "p99 ms", "max ms", "answered"];
  return { title: `Milliseconds: ${kind}`, columns, rows };
}

async function main(): Promise<void> {
  const options = {
    only: { type: "string" },
    queries: { type: "string", default: "2000" },
    // The least of several times of each query: for looking at the engine on a busy machine, not for results.
    repeat: { type: "string", default: "1" },
  } as const;
  const { values } = parseArgs({ options });
  const chosen = CONTENDERS.filter(
    ({ name }) => values.only === undefined || values.only.split(",").includes(name),
  );
  const measured: Measured[] = [];
  for (const rival of chosen) {
    measured.push(await measure(rival, Number(values.queries), Number(values.repeat)));
    globalThis.gc?.();
  }
  writeReport({
    name: values.only === undefined && values.repeat === "1" ? "latency" : "latency-partial",
    title: "Latency of warm searches in one process",
    command: "npm run bench latency",
    notes: [
      "The 166,927 products of the real catalogue; 20 hits a page; the same seeded queries for all, in the same order.",
      `Slow engines answer as many of the queries as they can in ${BUDGET_SECONDS} s a class.`,
      "Queries: words of the titles of random products, and the judged queries of one to three words.",
      "Answered: the share of queries with any hit. FTS5 is asked for whole words; it, FlexSearch and the scan know no typos.",
      "Filters + facets: one filter (brand, category or price range) and facets on brand, category and price.",
    ],
    tables: [
      ratioTable(measured, "p50"),
      ratioTable(measured, "p99"),
      ...CLASSES.map((kind) => classTable(measured, kind)),
    ],
    data: measured,
  });
}

await main();
