import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import { summarize } from "../statistics.ts";
import type { World } from "../world/world.ts";
import type { Drive } from "./drive.ts";
import type { MemorySeries, Slopes } from "./memory.ts";
import type { Kind } from "./mix.ts";
import type { Slope } from "./slope.ts";

const MB = 2 ** 20;
/** Percent of memory in ten minutes that the whole interval has to stay below. */
export const GOAL_PERCENT = 1;

export interface MixedPlan {
  minutes: number;
  warmMinutes: number;
  bucketSeconds: number;
  perSecond: number;
  scale: string;
}

/** Milliseconds; of a minute, all routes together. */
export interface MinuteRow {
  n: number;
  p50: number;
  p99: number;
  routes: Record<string, { n: number; p50: number; p99: number }>;
}

/** What is left when the load is over. */
export interface Remains {
  outbox: number;
  dead_letters: number;
}

export interface MixedResult {
  name: string;
  sent: number;
  errors: Record<string, number>;
  /** By which requests left later than drawn, ms. */
  lateness: { p50: number; p99: number };
  minutes: MinuteRow[];
  routes: { route: string; n: number; p50: number; p99: number; worstMinuteP99: number }[];
  memory: MemorySeries;
  slopes: Slopes;
  remains: Remains;
}

function brief(times: readonly number[]): { n: number; p50: number; p99: number } {
  const { n, p50, p99 } = summarize(times);
  return { n, p50, p99 };
}

/** A minute that the end has cut is left out of rows by minute, where others are whole. */
export function minuteRows({ minutes }: Drive, plan: MixedPlan): MinuteRow[] {
  return minutes.slice(0, Math.max(1, Math.floor(plan.minutes))).map((minute) => ({
    ...brief([...minute.values()].flat()),
    routes: Object.fromEntries([...minute].map(([route, times]) => [route, brief(times)])),
  }));
}

export function routeRows({ minutes }: Drive, rows: readonly MinuteRow[], kinds: readonly Kind[]) {
  return kinds.map(({ route }) => ({
    route,
    ...brief(minutes.flatMap((minute) => minute.get(route) ?? [])),
    worstMinuteP99: Math.max(...rows.map(({ routes }) => routes[route]?.p99 ?? 0)),
  }));
}

export function verdictOf(slope: Slope | null): string {
  if (slope === null) return "too short";
  if (slope.high < GOAL_PERCENT) return "holds";
  return slope.low > GOAL_PERCENT ? "**grows**" : "not shown";
}

function slopeCells(what: string, slope: Slope | null) {
  if (slope === null) return [what, null, null, null, null, null, verdictOf(slope)];
  const { bytes, percent, low, high, points } = slope;
  return [what, bytes / MB, percent, low, high, points, verdictOf(slope)];
}

function tablesOf({ errors, slopes, routes, minutes }: MixedResult): Table[] {
  const countOf = (route: string) =>
    Object.entries(errors).reduce((sum, [reason, count]) => sum + (reason.startsWith(route) ? count : 0), 0);
  return [
    {
      title: `Memory: growth in ten minutes, goal under ${GOAL_PERCENT} %`,
      columns: ["of", "MB", "%", "95 % from", "to", "points", "goal"],
      rows: [
        slopeCells("what lives in the isolate", slopes.isolate),
        slopeCells("the process", slopes.process),
      ],
    },
    {
      title: "By route, ms",
      columns: ["route", "requests", "p50", "p99", "p99 of the worst minute", "errors"],
      rows: routes.map(({ route, n, p50, p99, worstMinuteP99 }) => [
        route,
        n,
        p50,
        p99,
        worstMinuteP99,
        countOf(`${route}:`),
      ]),
    },
    {
      title: "By minute, all routes, ms",
      columns: ["minute", "requests", "p50", "p99"],
      rows: minutes.map(({ n, p50, p99 }, i) => [i + 1, n, p50, p99]),
    },
  ];
}

function noteOf({ sent, errors, lateness, remains }: MixedResult): string {
  const failed = Object.entries(errors).map(([reason, count]) => `${reason} (${count})`);
  const how = failed.length === 0 ? "none failed" : `**failed**: ${failed.join(", ")}`;
  return `${sent.toLocaleString("en-US")} requests, ${how}; the client was late by ${lateness.p99.toFixed(1)} ms (p99); left over: ${remains.outbox} jobs, ${remains.dead_letters} dead letters.`;
}

export function reportMixed(
  name: string,
  { world, plan }: { world: World; plan: MixedPlan },
  result: MixedResult,
): void {
  writeReport({
    name,
    title: `${plan.minutes} minutes of all four jobs at once, reads and writes, on ${result.name}`,
    command: `npm run bench mixed -- --on ${result.name.toLowerCase()} --minutes ${plan.minutes}`,
    versions: ["wrangler", "deno", "libsql", "hono"],
    notes: [
      `An open loop of ${plan.perSecond} requests/s at random times (a Poisson process), drawn by a seed; one isolate, one machine for client, Worker and database. Data: ${world.products.toLocaleString("en-US")} products (${world.label}), ${world.posts.toLocaleString("en-US")} posts, ${world.users.toLocaleString("en-US")} users of the organisation.`,
      `Memory after ${plan.warmMinutes} minutes: least squares through one point in ${plan.bucketSeconds} s; intervals count residuals that follow each other (bench/mixed/slope.ts). The isolate is asked after a collection, which costs the requests of that moment a pause; the process is without mapped files. workerd's process has the simulators of R2, KV and queues as well, Deno's the database.`,
      noteOf(result),
    ],
    tables: tablesOf(result),
    data: { plan, result },
  });
}
