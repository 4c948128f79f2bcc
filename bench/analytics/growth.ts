import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "@libsql/client";
import type { Client } from "@libsql/client";
import { openDatabase } from "../../src/db/client.ts";
import { DAY_MS } from "../../src/domain/event.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { MemoryKv } from "../../src/platform/memory/kv.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { consume } from "../../src/queue/consumer.ts";
import { overview } from "../../src/services/analytics/overview.ts";
import { listUsers } from "../../src/services/analytics/users.ts";
import type { UserPage, UserSort } from "../../src/services/analytics/users.ts";
import { benchState } from "../deployment.ts";
import { writeReport } from "../report.ts";
import { percentile } from "../statistics.ts";
import { ORG_ID, writeHistory } from "./history.ts";

const { values: OPTIONS } = parseArgs({ options: { scale: { type: "string", default: "1" } } });
const SCALE = Number(OPTIONS.scale);
const END = Date.UTC(2026, 10, 1);
const SIZES = [
  { users: 10_000, events: 2_000_000 },
  { users: 100_000, events: 6_000_000 },
  { users: 1_000_000, events: 20_000_000 },
];
const SORTS: readonly UserSort[] = ["name", "-logins", "-page_views", "-last_activity"];
const ZONE = "Europe/Berlin";
const RUNS = 200;
const OVERVIEWS = 15;
const PAGES_IN = 100;

interface Timed {
  p50: number;
  p99: number;
  rowsRead: number;
  trips: number;
}

interface Size {
  users: number;
  events: number;
  megabytes: number;
  pages: Record<string, Timed>;
  overviews: Record<string, Timed>;
  firstOverviewMs: number;
  sketchSeconds: number;
  counting: { seriesMs: number; distinctMs: number };
}

/** One organisation's database under the verbs that the routes call; each call is an isolate's first. */
class Measured {
  readonly #platform: MemoryPlatform;
  readonly #client: Client;

  constructor(platform: MemoryPlatform, client: Client) {
    this.#platform = platform;
    this.#client = client;
  }

  deps() {
    const receipt = newReceipt();
    const db = openDatabase(() => this.#client, receipt);
    const { clock } = this.#platform;
    const tiers = { kv: new MemoryKv(clock), edgeCache: new MemoryEdgeCache(clock) };
    return openMemoryDeps(this.#platform, { isolate: newIsolate(), receipt, db, ...tiers });
  }

  ctx() {
    const membership = { orgId: ORG_ID, orgSlug: "measured", role: "owner" as const };
    const actor = { kind: "user" as const, userId: "u", name: "U", email: "u@example.org", sessionId: "s" };
    return { ...this.deps(), actor: { ...actor, memberships: [membership] } };
  }

  async page(sort: UserSort, cursor: string | null): Promise<{ page: UserPage; ms: number; trips: number }> {
    const ctx = this.ctx();
    const started = performance.now();
    const { value } = await listUsers(ctx, {
      org: ORG_ID,
      sort,
      q: "",
      activeSince: null,
      limit: 50,
      cursor,
    });
    const ms = performance.now() - started;
    return { page: JSON.parse(value.json) as UserPage, ms, trips: ctx.receipt.dbTrips };
  }

  async overview(from: string, to: string): Promise<{ rowsRead: number; ms: number; trips: number }> {
    const ctx = this.ctx();
    const started = performance.now();
    const asked = { org: ORG_ID, from, to, tz: ZONE, interval: "day" as const, compare: null };
    const { value } = await overview(ctx, asked);
    const ms = performance.now() - started;
    await ctx.lifetime.settle();
    const { rows_read: rowsRead } = JSON.parse(value.json) as { rows_read: number };
    return { rowsRead, ms, trips: ctx.receipt.dbTrips };
  }

  /** Runs the jobs that were sent until none is left; answers seconds. */
  async settle(): Promise<number> {
    const started = performance.now();
    await this.#platform.jobs.drain((batch) => consume(this.deps(), batch));
    return (performance.now() - started) / 1_000;
  }
}

async function timed(
  runs: number,
  work: () => Promise<{ ms: number; rowsRead: number; trips: number }>,
): Promise<Timed> {
  const all: number[] = [];
  let last = { rowsRead: 0, trips: 0 };
  await work();
  for (let run = 0; run < runs; run++) {
    const { ms, ...rest } = await work();
    all.push(ms);
    last = rest;
  }
  all.sort((a, b) => a - b);
  return { p50: percentile(all, 50), p99: percentile(all, 99), ...last };
}

async function measurePages(measured: Measured): Promise<Record<string, Timed>> {
  const pages: Record<string, Timed> = {};
  for (const sort of SORTS) {
    let cursor: string | null = null;
    for (let i = 0; i < PAGES_IN; i++) cursor = (await measured.page(sort, cursor)).page.next_cursor;
    for (const [name, at] of [
      ["1", null],
      [String(PAGES_IN + 1), cursor],
    ] as const) {
      pages[`${sort}, page ${name}`] = await timed(RUNS, async () => {
        const { page, ms, trips } = await measured.page(sort, at);
        return { ms, trips, rowsRead: page.rows_read };
      });
    }
  }
  return pages;
}

async function ms(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** What a row store does that counts at read time: once each, since it takes seconds. */
async function countAtReadTime(client: Client) {
  const from = END - 365 * DAY_MS;
  const range = `FROM events WHERE org = 1 AND at >= ${from} AND at < ${END} AND bot = 0`;
  const series = `SELECT (at + 3600000) / 86400000 AS day, type, count(*) ${range} GROUP BY day, type`;
  return {
    seriesMs: await ms(() => client.execute(series)),
    distinctMs: await ms(() => client.execute(`SELECT count(DISTINCT user) ${range}`)),
  };
}

async function measureSize({ users, events }: { users: number; events: number }): Promise<Size> {
  const folder = join(benchState(), "growth");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "history.db");
  const remove = () => ["", "-wal", "-shm"].forEach((suffix) => rmSync(file + suffix, { force: true }));
  remove();
  await writeHistory(file, { users, events, days: 400, end: END });
  const megabytes = statSync(file).size / 1e6;
  const client = createClient({ url: `file:${file}` });
  await client.execute("PRAGMA synchronous = OFF");
  const platform = await createMemoryPlatform({ now: END });
  try {
    const measured = new Measured(platform, client);
    const pages = await measurePages(measured);
    const first = await measured.overview("2025-11-01", "2026-10-31");
    const sketchSeconds = await measured.settle();
    const overviews: Record<string, Timed> = {};
    for (const [name, from] of [
      ["a year by days", "2025-11-01"],
      ["30 days", "2026-10-02"],
      ["7 days", "2026-10-25"],
    ]) {
      overviews[name] = await timed(OVERVIEWS, () => measured.overview(from, "2026-10-31"));
      await measured.settle();
    }
    const counting = await countAtReadTime(client);
    const size = {
      users,
      events,
      megabytes,
      pages,
      overviews,
      firstOverviewMs: first.ms,
      sketchSeconds,
      counting,
    };
    console.error(JSON.stringify(size));
    return size;
  } finally {
    client.close();
    platform.close();
    remove();
  }
}

function report(sizes: readonly Size[]): void {
  const name = ({ users, events }: Size) =>
    `${users.toLocaleString("en-US")} users, ${(events / 1e6).toFixed(1)} million events`;
  const first = sizes[0];
  writeReport({
    name: SCALE === 1 ? "growth" : "growth-partial",
    title: "How the dashboard's cost grows",
    command: "npm run bench growth",
    notes: [
      "One organisation with 400 days of events in a libSQL file, read by the verbs that the routes call, in one process; each call begins with an isolate that remembers nothing. Milliseconds.",
      `A page has 50 users. The overview is of ${ZONE}, with series, active users, top paths and referrers, bots and retention.`,
      "Rows read: those that the statements of the answer fetch (pages, overviews: `rows_read` of the answer).",
      "Counting at read time: the same year's series, and its active users, by GROUP BY over the events, by index of organisation and time, in the same file.",
    ],
    tables: [
      {
        title: "Growth (÷ the smallest)",
        columns: [
          "size",
          "events ×",
          "page by name ×",
          "page by logins ×",
          "a year's overview ×",
          "counting the series ×",
        ],
        rows: sizes.map((size) => [
          name(size),
          size.events / first.events,
          size.pages["name, page 1"].p50 / first.pages["name, page 1"].p50,
          size.pages["-logins, page 1"].p50 / first.pages["-logins, page 1"].p50,
          size.overviews["a year by days"].p50 / first.overviews["a year by days"].p50,
          size.counting.seriesMs / first.counting.seriesMs,
        ]),
      },
      {
        title: "A page of users",
        columns: ["size", "page", "p50 ms", "p99 ms", "rows read", "round trips"],
        rows: sizes.flatMap((size) =>
          Object.entries(size.pages).map(([page, { p50, p99, rowsRead, trips }]) => [
            name(size),
            page,
            p50,
            p99,
            rowsRead,
            trips,
          ]),
        ),
      },
      {
        title: "The overview, and counting at read time",
        columns: ["size", "overview", "p50 ms", "max ms", "rows read", "round trips"],
        rows: sizes.flatMap((size) => [
          [name(size), "a year, for the first time in its zone", size.firstOverviewMs, null, null, 1],
          ...Object.entries(size.overviews).map(([what, { p50, p99, rowsRead, trips }]) => [
            name(size),
            what,
            p50,
            p99,
            rowsRead,
            trips,
          ]),
          [name(size), "counting a year's series at read time", size.counting.seriesMs, null, size.events, 1],
          [
            name(size),
            "counting a year's active users at read time",
            size.counting.distinctMs,
            null,
            size.events,
            1,
          ],
        ]),
      },
      {
        title: "Size of the database",
        columns: ["size", "MB", "bytes an event", "seconds of jobs for a zone's sketches"],
        rows: sizes.map((size) => [
          name(size),
          size.megabytes,
          (size.megabytes * 1e6) / size.events,
          size.sketchSeconds,
        ]),
      },
    ],
    data: sizes,
  });
}

const sizes: Size[] = [];
for (const { users, events } of SIZES) {
  sizes.push(await measureSize({ users: Math.round(users * SCALE), events: Math.round(events * SCALE) }));
}
report(sizes);
