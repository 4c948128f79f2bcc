import { parseArgs } from "node:util";
import { startBare } from "../bare-workerd.ts";
import { buildWorker, isImported, markImported, startDeployment, vitrine } from "../deployment.ts";
import type { Deployment } from "../deployment.ts";
import { referenceFolder } from "../paths.ts";
import { jsonLines, loadByEpoll, rateByWrk, runPython } from "../reference.ts";
import type { Load } from "../reference.ts";
import { writeReport } from "../report.ts";
import { convertReference, prepareReference, SCALE } from "./reference-data.ts";
import type { Expected } from "./reference-data.ts";
import { loadTenant, untilFolded } from "./tenant-load.ts";
import { walkUsers } from "./tenant.ts";
import type { UserItem } from "./tenant.ts";

const { values: OPTIONS } = parseArgs({ options: { seconds: { type: "string", default: "8" } } });
const SECONDS = Number(OPTIONS.seconds);
const STATE = "analytics";
const CONNECTIONS = [1, 32];
/** As many as the reference gives to gunicorn. */
const PROCESSES = 2;
const PAGES = 200;
const PAGES_IN_LOAD = 20;

async function newKey(deployment: Deployment): Promise<string> {
  const created = await vitrine(deployment, ["keys", "create", "org-1", "--scope", "stats:read"]);
  return (created as { key: string }).key;
}

const BEFORE = `
import sys, json
sys.path.insert(0, sys.argv[1])
import common as C
with C.gunicorn("apps.dash_app:app", dict(DASH_VAR=C.var_dir(sys.argv[2]))):
    print(json.dumps(C.get_json("/before?org=1")))`;

/** How many of our users have the name and the counts that the reference's 'before' computes; all is well at 10,000. */
async function equalRows(folder: string, items: readonly UserItem[], expected: Map<string, Expected>) {
  const text = await runPython(folder, ["-c", BEFORE, folder, SCALE]);
  const before = (
    JSON.parse(text) as { users: { id: number; name: string; logins: number; views: number }[] }
  ).users;
  const ours = new Map(items.map((item) => [item.id, item]));
  const equal = before.filter(({ id, name, logins, views }) => {
    const item = ours.get(String(id));
    const newest = expected.get(String(id))?.lastActivity ?? 0;
    const seen = typeof item?.last_activity === "string" ? Date.parse(item.last_activity) : 0;
    return item?.name === name && item.logins === logins && item.page_views === views && seen === newest;
  });
  return { equal: equal.length, before: before.length, ours: items.length };
}

async function measure(
  folder: string,
  args: { port: number; connections: number; paths: readonly string[]; variant: string; seconds?: number },
): Promise<Load> {
  const { connections, paths, variant, seconds = SECONDS } = args;
  const total = seconds * (connections === 1 ? 400 : 1_500);
  await loadByEpoll(folder, { ...args, paths, total: 1_000 });
  const load = await loadByEpoll(folder, { ...args, paths, total });
  const rps_wrk = connections === 1 ? null : await rateByWrk(folder, { ...args, paths, seconds });
  console.error(variant, connections, load.p50_ms, load.rps, rps_wrk);
  return { ...load, variant, rps_wrk };
}

/** The pages 1 to 20 by name, as the reference's load takes its first 20. */
async function measureOurs(folder: string, deployment: Deployment, key: string, paths: readonly string[]) {
  const loads: Load[] = [];
  for (const cache of ["off", "on"]) {
    const variables = { AUTHORIZATION: `Bearer ${key}`, ANSWER_CACHE: cache };
    const servers = await startBare(deployment, PROCESSES, variables);
    try {
      for (const connections of CONNECTIONS) {
        const variant = cache === "off" ? "Vitrine, uncached" : "Vitrine, cached";
        const common = { port: servers.port, connections, variant };
        loads.push(await measure(folder, { ...common, paths: paths.slice(0, PAGES_IN_LOAD) }));
      }
    } finally {
      servers.stop();
    }
  }
  return loads;
}

/** Page 1 beside page 200 and name beside logins, uncached at one connection, in turns. */
async function measureShapes(
  folder: string,
  deployment: Deployment,
  key: string,
  byName: readonly string[],
  byLogins: readonly string[],
) {
  const servers = await startBare(deployment, 1, { AUTHORIZATION: `Bearer ${key}`, ANSWER_CACHE: "off" });
  const shapes = {
    "by name, page 1": byName[0],
    "by name, page 200": byName[PAGES - 1],
    "by logins, page 1": byLogins[0],
    "by logins, page 200": byLogins[PAGES - 1],
  };
  const rounds: Record<string, number[]> = {};
  try {
    for (let round = 0; round < 6; round++) {
      for (const [name, path] of Object.entries(shapes)) {
        const load = await loadByEpoll(folder, {
          port: servers.port,
          connections: 1,
          paths: [path],
          total: 400,
        });
        // The first round warms.
        if (round > 0) (rounds[name] ??= []).push(load.p50_ms);
      }
    }
  } finally {
    servers.stop();
  }
  return Object.entries(rounds).map(([name, p50s]) => ({
    name,
    p50_ms: p50s.toSorted((a, b) => a - b)[2],
    rounds: p50s,
  }));
}

async function measureReference(folder: string): Promise<Load[]> {
  const seconds = ["--http-secs", String(SECONDS)];
  const text = await runPython(folder, ["dashboard.py", "--scale", SCALE, "--part", "http", ...seconds]);
  return jsonLines(text) as Load[];
}

const NAMES: Readonly<Record<string, string>> = {
  before: "Django, 1 + 3N queries, all users",
  after: "Django, one query a page",
  cached: "Django, page from Redis",
};

function ratioRows(ours: readonly Load[], theirs: readonly Load[]) {
  const pairs = [
    ["Vitrine, uncached", "after"],
    ["Vitrine, cached", "cached"],
    ["Vitrine, uncached", "cached"],
  ];
  return pairs.flatMap(([mine, their]) =>
    CONNECTIONS.flatMap((concurrency) => {
      const of = (loads: readonly Load[], variant: string) =>
        loads.find((load) => load.variant === variant && load.concurrency === concurrency);
      const [a, b] = [of(ours, mine), of(theirs, their)];
      if (a === undefined || b === undefined) return [];
      const ratio = (top: number | null, bottom: number | null) =>
        top === null || bottom === null ? null : `${(top / bottom).toFixed(2)}×`;
      const rates = [ratio(a.rps, b.rps), ratio(a.rps_wrk, b.rps_wrk)];
      const latencies = [ratio(b.p50_ms, a.p50_ms), ratio(b.p99_ms, a.p99_ms)];
      return [[`${mine} : ${NAMES[their]}`, concurrency, ...rates, ...latencies]];
    }),
  );
}

function rowOf(load: Load) {
  const { concurrency, p50_ms, p95_ms, p99_ms, rps, rps_wrk, bytes_mean, errors } = load;
  return [
    NAMES[load.variant] ?? load.variant,
    concurrency,
    p50_ms,
    p95_ms,
    p99_ms,
    rps,
    rps_wrk,
    bytes_mean,
    errors,
  ];
}

async function main(): Promise<void> {
  const folder = referenceFolder();
  if (folder === null) throw new Error("Cannot measure: no reference; set VITRINE_REFERENCE to its folder");
  const reference = await convertReference(await prepareReference(folder));
  const deployment = await startDeployment(buildWorker(), { fresh: !isImported(STATE), state: STATE });
  try {
    if (!isImported(STATE)) {
      for (const tenant of reference.tenants) await loadTenant(deployment, tenant);
    }
    const key = await newKey(deployment);
    await untilFolded(deployment.url, key, reference);
    markImported(STATE);
    const byName = await walkUsers(deployment.url, key, { org: "org-1", sort: "name" });
    const byLogins = await walkUsers(deployment.url, key, { org: "org-1", sort: "-logins" });
    const rows = await equalRows(folder, byName.items, reference.expected);
    const ours = await measureOurs(folder, deployment, key, byName.paths);
    const shapes = await measureShapes(folder, deployment, key, byName.paths, byLogins.paths);
    const theirs = (await measureReference(folder)).filter(({ variant }) => variant in NAMES);
    report({ rows, ours, shapes, theirs, events: reference.events, organisations: reference.tenants.length });
  } finally {
    await deployment.stop();
  }
}

interface Measured {
  rows: { equal: number; before: number; ours: number };
  ours: Load[];
  shapes: { name: string; p50_ms: number; rounds: number[] }[];
  theirs: Load[];
  events: number;
  organisations: number;
}

function report(measured: Measured): void {
  const { rows, ours, shapes, theirs, events, organisations } = measured;
  const columns = ["pair", "connections", "requests/s", "requests/s (wrk)", "p50", "p99"];
  const loadColumns = [
    "server",
    "connections",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "requests/s",
    "requests/s (wrk)",
    "bytes",
    "errors",
  ];
  writeReport({
    name: OPTIONS.seconds === "8" ? "dashboard" : "dashboard-partial",
    title: "The dashboard's user table over HTTP",
    command: "npm run bench dashboard",
    notes: [
      `${organisations} organisations, ${events.toLocaleString("en-US")} events; the measured one has ${rows.ours.toLocaleString("en-US")} users. Pages of 50, the first 20 in turn; client and servers on one machine, one after the other.`,
      `Rows equal to those that Django's 1 + 3N queries compute (id, name, logins, views; last activity beside the newest event of the data): ${rows.equal} of ${rows.before}.`,
      "Vitrine: the Worker in two processes of workerd on one port, with its database, a libSQL server over HTTP, in a third; each request carries an API key. Django: two processes of gunicorn, which read SQLite in the process.",
      "Uncached: answers are forgotten at once, so each request makes its one round trip to the database. Latencies and requests/s by one epoll client; requests/s by wrk beside it.",
      "Times of ratios: theirs ÷ ours, so more is better everywhere.",
    ],
    tables: [
      { title: "Ratios", columns, rows: ratioRows(ours, theirs) },
      { title: "Loads", columns: loadColumns, rows: [...ours, ...theirs].map(rowOf) },
      {
        title: "Any page, any sort (uncached, one connection, medians of five rounds in turns)",
        columns: ["page", "p50 ms", "÷ first page by name"],
        rows: shapes.map(({ name, p50_ms }) => [name, p50_ms, p50_ms / shapes[0].p50_ms]),
      },
    ],
    data: measured,
  });
}

await main();
