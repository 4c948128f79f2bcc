import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Span } from "../../domain/interval.ts";
import type { Database } from "../client.ts";
import { changedOrg, versionQuery } from "./analytics-version.ts";
import type { DataVersion } from "./analytics-version.ts";
import {
  type CountedLeaf,
  countedLeaves,
  encodeLeaves,
  type KeptLeaf,
  keptLeaves,
  PERIODS,
} from "./overview-actives.ts";
import type { Leaf } from "./overview-actives.ts";

/** Whole days in UTC: [first, end). */
export interface UtcDays {
  first: number;
  end: number;
}

/** A day (period 0) or month (1) of `view_counts`, to be added or taken away. */
export interface ViewSpan {
  period: 0 | 1;
  start: number;
  sign: 1 | -1;
}

export interface OverviewArgs {
  orgId: string;
  /** The version of an answer that is kept: at that one, only the version is read. */
  known: number | null;
  zone: string;
  /** Points to be summed up, by position. */
  points: readonly Span[];
  leaves: readonly Leaf[];
  /** User-days to be read at most. */
  countLimit: number;
  /** The most viewed of these together. */
  views: readonly ViewSpan[];
  /** Bots of these, by position. */
  botDays: readonly UtcDays[];
  /** Cohorts from this week on. */
  firstCohort: number;
}

/** Rows that a line of an answer was made from. */
interface Read {
  read: number;
}

export interface PointSums extends Read {
  i: number;
  logins: number;
  page_views: number;
  activities: number;
}

export interface Viewed {
  value: string;
  views: number;
  /** Rows read for the whole list. */
  read: number;
}

export interface BotSum extends Read {
  i: number;
  /** Index in BOT_REASONS. */
  reason: number;
  events: number;
}

/** Of the users first seen in the week `cohort`, how many were there in `week`: weeks in UTC, see `weekOf`. */
export interface CohortWeek {
  cohort: number;
  week: number;
  users: number;
}

export interface OverviewRows {
  org: number;
  timeZone: string;
  /** The day on which the zone was asked for last, where its active users are kept. */
  askedDay: number | null;
  points: PointSums[];
  kept: KeptLeaf[];
  counted: CountedLeaf[];
  paths: Viewed[];
  referrers: Viewed[];
  bots: BotSum[];
  cohorts: CohortWeek[];
}

/**
 * All of an overview in one round trip; `rows` is `null` where the organisation stands at the version known, and all of
 * it `undefined` where there is no such organisation.
 */
export async function readOverview(
  db: Database,
  args: OverviewArgs,
): Promise<{ version: DataVersion; rows: OverviewRows | null } | undefined> {
  const org = changedOrg(args.orgId, args.known);
  const actives = { org, zone: args.zone, leaves: encodeLeaves(args.leaves) };
  const [[version], [settings], points, kept, counted, paths, referrers, bots, cohorts] = await db.orm.batch([
    versionQuery(db, args.orgId),
    db.orm.all<{ org: number; time_zone: string | null; asked: number | null }>(settingsOf(org, args.zone)),
    db.orm.all<PointSums>(pointSums(org, args.points)),
    db.orm.all<KeptLeaf>(keptLeaves(actives)),
    db.orm.all<CountedLeaf>(countedLeaves(actives, args.countLimit)),
    db.orm.all<Viewed>(mostViewed(org, 0, args.views)),
    db.orm.all<Viewed>(mostViewed(org, 1, args.views)),
    db.orm.all<BotSum>(botsOf(org, args.botDays)),
    db.orm.all<CohortWeek>(cohortsOf(org, args.firstCohort)),
  ]);
  if (version === undefined) return undefined;
  if (settings === undefined) return { version, rows: null };
  const { org: number, time_zone: timeZone, asked: askedDay } = settings;
  const lists = { points, kept, counted, paths, referrers, bots, cohorts };
  return { version, rows: { org: number, timeZone: timeZone ?? "UTC", askedDay, ...lists } };
}

export function settingsOf(org: SQL, zone: string): SQL {
  return sql`SELECT o.number AS org, a.time_zone AS time_zone, s.users AS asked FROM organisations AS o
    LEFT JOIN analytics_orgs AS a ON a.org = o.number
    LEFT JOIN active_sketches AS s ON s.org = o.number AND s.zone = ${zone} AND s.period = ${PERIODS.state} AND s.start = 0
    WHERE o.number = ${org}`;
}

export function pointSums(org: SQL, points: readonly Span[]): SQL {
  const json = JSON.stringify(points.map(({ from, to }) => [from, to]));
  return sql`WITH point AS MATERIALIZED (SELECT key AS i, value ->> 0 AS first, value ->> 1 AS end FROM json_each(${json}))
    SELECT p.i AS i, sum(q.logins) AS logins, sum(q.page_views) AS page_views, sum(q.activities) AS activities, count(*) AS read
    FROM point AS p CROSS JOIN event_quarters AS q ON q.org = ${org} AND q.quarter >= p.first AND q.quarter < p.end
    GROUP BY p.i`;
}

const TOP = 10;

/** `kind` 0 is paths, 1 referrers; the empty value is the sum of those not kept apart. */
export function mostViewed(org: SQL, kind: 0 | 1, spans: readonly ViewSpan[]): SQL {
  const json = JSON.stringify(spans.map(({ period, start, sign }) => [period, start, sign]));
  const columns = sql.raw("value ->> 0 AS period, value ->> 1 AS start, value ->> 2 AS sign");
  return sql`WITH span AS MATERIALIZED (SELECT ${columns} FROM json_each(${json}))
    SELECT v.value AS value, sum(v.views * s.sign) AS views, sum(count(*)) OVER () AS read
    FROM span AS s CROSS JOIN view_counts AS v
      ON v.org = ${org} AND v.kind = ${kind} AND v.period = s.period AND v.start = s.start AND v.value > ''
    GROUP BY v.value HAVING sum(v.views * s.sign) > 0 ORDER BY sum(v.views * s.sign) DESC, v.value LIMIT ${TOP}`;
}

export function botsOf(org: SQL, days: readonly UtcDays[]): SQL {
  const json = JSON.stringify(days.map(({ first, end }) => [first, end]));
  return sql`WITH span AS MATERIALIZED (SELECT key AS i, value ->> 0 AS first, value ->> 1 AS end FROM json_each(${json}))
    SELECT s.i AS i, b.reason AS reason, sum(b.events) AS events, count(*) AS read FROM span AS s CROSS JOIN bot_days AS b
      ON b.org = ${org} AND b.day >= s.first AND b.day < s.end
    GROUP BY s.i, b.reason`;
}

export function cohortsOf(org: SQL, first: number): SQL {
  return sql`SELECT cohort, week, users FROM cohort_weeks WHERE org = ${org} AND cohort >= ${first} ORDER BY cohort, week`;
}
