import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@libsql/client";
import type { Client } from "@libsql/client";
import { buildWorker, startDeployment } from "../deployment.ts";
import type { Deployment } from "../deployment.ts";
import { pick, pickIndex, seeded } from "../random.ts";
import { writeReport } from "../report.ts";
import { percentile } from "../statistics.ts";
import { createTenant, getJson } from "./tenant.ts";

const { values: OPTIONS } = parseArgs({ options: { events: { type: "string", default: "300000" } } });
const EVENTS = Number(OPTIONS.events);
const EVENTS_A_REQUEST = 1_000;
const SENDERS = 4;
const USERS = 10_000;
const DAY_MS = 86_400_000;
const PATHS = ["/", "/reports", "/billing", "/settings", "/users", "/search", "/projects", "/inbox"];
const TYPES = ["login", "page_view", "page_view", "page_view", "page_view", "activity"] as const;
const BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

interface Event {
  id: string;
  type: (typeof TYPES)[number];
  user_id: string;
  at: string;
  path?: string;
  user_agent: string;
}

interface Batches {
  batches: Event[][];
  people: Record<Event["type"], number>;
  bots: number;
}

/** Of 20 requests one is sent twice; of 100 events one is a machine's. */
function makeBatches(now: number): Batches {
  const random = seeded(7);
  const people = { login: 0, page_view: 0, activity: 0 };
  let bots = 0;
  const batches: Event[][] = [];
  for (let from = 0; from < EVENTS; from += EVENTS_A_REQUEST) {
    const batch = Array.from({ length: EVENTS_A_REQUEST }, (_, i): Event => {
      const type = pick(random, TYPES);
      const isBot = random() < 0.01;
      if (isBot) bots++;
      else people[type]++;
      const at = new Date(now - 1_000 - pickIndex(random, 7 * DAY_MS)).toISOString();
      const user = `user-${Math.floor(USERS * random() ** 2.2)}`;
      const path = type === "page_view" ? { path: pick(random, PATHS) } : {};
      return { id: `e${from + i}`, type, user_id: user, at, ...path, user_agent: isBot ? BOT : PERSON };
    });
    batches.push(batch);
    if (random() < 0.05) batches.push(batch);
  }
  return { batches, people, bots };
}

interface Totals {
  logins: number;
  page_views: number;
  activities: number;
  bots: number;
}

async function readTotals(url: string, key: string): Promise<Totals> {
  return (await getJson<{ totals: Totals }>(url, key, "/v1/orgs/bench/overview?tz=UTC")).totals;
}

function sum({ logins, page_views, activities, bots }: Totals): number {
  return logins + page_views + activities + bots;
}

interface Ours {
  acceptedSeconds: number;
  foldedSeconds: number;
  requests: number;
  statuses: Record<string, number>;
  requestP50Ms: number;
  requestP99Ms: number;
  wanted: Totals;
  counted: Totals;
  freshMs: number[];
}

async function send(url: string, key: string, batch: readonly Event[]): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const body = JSON.stringify({ events: batch });
  const response = await fetch(`${url}/v1/events`, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

async function measureOurs(deployment: Deployment, key: string, made: Batches): Promise<Ours> {
  const waiting = made.batches.slice();
  const statuses: Record<string, number> = {};
  const times: number[] = [];
  const started = performance.now();
  const sender = async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const sent = performance.now();
      const status = await send(deployment.url, key, batch);
      times.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  const acceptedSeconds = (performance.now() - started) / 1_000;
  const { login: logins, page_view: page_views, activity: activities } = made.people;
  const wanted: Totals = { logins, page_views, activities, bots: made.bots };
  let counted = await readTotals(deployment.url, key);
  while (sum(counted) < sum(wanted) && performance.now() - started < 900_000) {
    await sleep(500);
    counted = await readTotals(deployment.url, key);
  }
  const foldedSeconds = (performance.now() - started) / 1_000;
  times.sort((a, b) => a - b);
  const requestP50Ms = percentile(times, 50);
  const requestP99Ms = percentile(times, 99);
  const freshMs = await measureFreshness(deployment, key);
  const requests = times.length;
  return {
    acceptedSeconds,
    foldedSeconds,
    requests,
    statuses,
    requestP50Ms,
    requestP99Ms,
    wanted,
    counted,
    freshMs,
  };
}

/** From a single event's sending to the dashboard that shows it, on the idle server. */
async function measureFreshness(deployment: Deployment, key: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const before = await readTotals(deployment.url, key);
    const started = performance.now();
    const at = new Date().toISOString();
    await send(deployment.url, key, [
      { id: `fresh-${i}-${at}`, type: "login", user_id: "user-1", at, user_agent: PERSON },
    ]);
    while ((await readTotals(deployment.url, key)).logins === before.logins) await sleep(50);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

interface Naive {
  seconds: number;
  rows: number;
  /** Of a page of 50 users with their counts, by counting. */
  pageMs: number;
  totalsMs: number;
}

const TABLE = `CREATE TABLE plain_events (id TEXT PRIMARY KEY, user_id TEXT, type TEXT, at INTEGER, path TEXT, user_agent TEXT)`;
const INSERT = "INSERT INTO plain_events VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
const PAGE = `SELECT user_id, count(*) FILTER (WHERE type = 'login') AS logins, count(*) FILTER (WHERE type = 'page_view') AS views,
  max(at) AS last FROM plain_events GROUP BY user_id ORDER BY logins DESC LIMIT 50`;
const TOTALS =
  "SELECT at / 86400000 AS day, type, count(*), count(DISTINCT user_id) FROM plain_events GROUP BY day, type";

async function insertPlainly(client: Client, batches: readonly Event[][]): Promise<Naive> {
  for (const sql of [
    TABLE,
    "CREATE INDEX plain_events_of_user ON plain_events (user_id)",
    "CREATE INDEX plain_events_by_time ON plain_events (at)",
  ])
    await client.execute(sql);
  const waiting = batches.slice();
  const started = performance.now();
  const sender = async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const statements = batch.map(({ id, user_id, type, at, path, user_agent }) => ({
        sql: INSERT,
        args: [id, user_id, type, Date.parse(at), path ?? null, user_agent],
      }));
      await client.batch(statements, "write");
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  const seconds = (performance.now() - started) / 1_000;
  const rows = Number((await client.execute("SELECT count(*) AS n FROM plain_events")).rows[0].n);
  return { seconds, rows, pageMs: await timeOf(client, PAGE), totalsMs: await timeOf(client, TOTALS) };
}

async function timeOf(client: Client, sql: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    await client.execute(sql);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[2];
}

/** Ours, read the same way: over HTTP to the Worker, its own cache included only where nothing has changed. */
async function timeOfOurs(deployment: Deployment, key: string, path: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    // The version is checked once a second, and each event makes a new one.
    const at = new Date().toISOString();
    await send(deployment.url, key, [
      { id: `read-${path}-${i}-${at}`, type: "login", user_id: "user-1", at, user_agent: PERSON },
    ]);
    await sleep(2_500);
    const started = performance.now();
    await getJson(deployment.url, key, path);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[2];
}

async function main(): Promise<void> {
  const made = makeBatches(Date.now());
  const sent = made.batches.length * EVENTS_A_REQUEST;
  const deployment = await startDeployment(buildWorker(), { fresh: true, state: "ingest" });
  const client = createClient({ url: deployment.variables.TURSO_DATABASE_URL });
  try {
    const key = await createTenant(deployment, "bench");
    const ours = await measureOurs(deployment, key, made);
    const ourPageMs = await timeOfOurs(deployment, key, "/v1/orgs/bench/users?sort=-logins");
    const ourTotalsMs = await timeOfOurs(deployment, key, "/v1/orgs/bench/overview?tz=UTC");
    const naive = await insertPlainly(client, made.batches);
    const lost = sum(ours.wanted) - sum({ ...ours.counted });
    const rate = (seconds: number) => sent / seconds;
    writeReport({
      name: EVENTS === 300_000 ? "ingest" : "ingest-partial",
      title: "Taking events in",
      command: "npm run bench ingest",
      notes: [
        `${sent.toLocaleString("en-US")} events in requests of ${EVENTS_A_REQUEST} by ${SENDERS} senders, of ${USERS.toLocaleString("en-US")} users over 7 days; one request of 20 sent twice, one event of 100 a machine's.`,
        "Vitrine: HTTP → Worker (workerd with Miniflare's queue) → database → queue → fold into all counters. Beside it the same events inserted as rows into one table with two indexes on the same database server, counted when they are read.",
        `Lost or counted twice: ${lost}. Answers: ${JSON.stringify(ours.statuses)}.`,
        `An event shows in the overview after (20 tries on the idle server): p50 ${percentile(ours.freshMs, 50).toFixed(0)} ms, worst ${percentile(ours.freshMs, 100).toFixed(0)} ms.`,
        "Sender, Worker, queue and database share one machine's two cores.",
      ],
      tables: [
        {
          title: "Ratios",
          columns: ["Vitrine : rows that are counted when read", "ratio"],
          rows: [
            ["events/s until counted", rate(ours.foldedSeconds) / rate(naive.seconds)],
            ["a page of users by logins (time, theirs ÷ ours)", naive.pageMs / ourPageMs],
            ["a week's series with active users (time, theirs ÷ ours)", naive.totalsMs / ourTotalsMs],
          ],
        },
        {
          title: "Numbers",
          columns: [
            "",
            "events/s accepted",
            "events/s counted",
            "request p50 ms",
            "request p99 ms",
            "page ms",
            "series ms",
          ],
          rows: [
            [
              "Vitrine",
              rate(ours.acceptedSeconds),
              rate(ours.foldedSeconds),
              ours.requestP50Ms,
              ours.requestP99Ms,
              ourPageMs,
              ourTotalsMs,
            ],
            [
              "rows, counted when read",
              rate(naive.seconds),
              rate(naive.seconds),
              null,
              null,
              naive.pageMs,
              naive.totalsMs,
            ],
          ],
        },
      ],
      data: { ours, ourPageMs, ourTotalsMs, naive, sent, lost },
    });
  } finally {
    client.close();
    await deployment.stop();
  }
}

await main();
