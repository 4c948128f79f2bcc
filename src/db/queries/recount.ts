import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { DAY_MS, DAY_QUARTERS, QUARTER_MS } from "../../domain/event.ts";

/** A derived table, or a part of it, and what it is made from. */
export interface Check {
  /** Rows that differ: see `Difference`. */
  find: SQL;
  /** Makes the part anew; does nothing where nothing differs. */
  repair: SQL[];
  /** The day in UTC whose sketches change with it, if any. */
  day: number | null;
}

/** A row that is not what a recount of the events gives. */
export interface Difference {
  /** Table and key, for example `event_quarters.1966080`. */
  what: string;
  /** JSON lists of the row's values, in the order of `FIELDS` for its table; zeros where there is none. */
  kept: string;
  recounted: string;
}

/** The values that differences of a table list. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  org_users: ["logins", "page_views", "activities", "last_activity", "first_activity"],
  event_quarters: ["logins", "page_views", "activities"],
  user_days: ["morning", "evening"],
  bot_days: ["events"],
  view_counts: ["views"],
};

/** Differences of one check that are told apart. */
const MOST = 200;

const BY_TYPE = sql`count(*) FILTER (WHERE type = 0) AS logins, count(*) FILTER (WHERE type = 1) AS page_views,
  count(*) FILTER (WHERE type = 2) AS activities`;

/** The client binds numbers as reals, which as text are `1.0`. */
export function whole(value: number): SQL {
  return sql.raw(String(Math.trunc(value)));
}

/** Whether all events from a time on are kept: what retention has forgotten cannot be recounted. */
function isKept(org: number, since: number): SQL {
  return sql`coalesce((SELECT forgotten_before FROM analytics_orgs WHERE org = ${org}), 0) <= ${since}`;
}

function eventsBetween(org: number, from: number, to: number): SQL {
  return sql`events WHERE org = ${org} AND at >= ${from} AND at < ${to} AND ${isKept(org, from)}`;
}

/** Compares rows of `kept` and `seen`, both (key, values…): a key's values are summed, since each has a row of it at most. */
function differences(parts: { what: SQL; values: readonly string[]; kept: SQL; seen: SQL; guard: SQL }): SQL {
  const sumsOf = (side: number) =>
    sql.raw(parts.values.map((name) => `sum(CASE side WHEN ${side} THEN ${name} ELSE 0 END)`).join(", "));
  return sql`SELECT what, kept, recounted FROM (
      SELECT ${parts.what} AS what, json_array(${sumsOf(0)}) AS kept, json_array(${sumsOf(1)}) AS recounted
      FROM (SELECT 0 AS side, * FROM (${parts.kept}) UNION ALL SELECT 1 AS side, * FROM (${parts.seen}))
      WHERE ${parts.guard} GROUP BY key
    ) WHERE kept <> recounted LIMIT ${MOST}`;
}

/** Quarters [first, end) of one day in UTC. */
export function quartersCheck(org: number, first: number, end: number): Check {
  const from = first * QUARTER_MS;
  const seen = eventsBetween(org, from, end * QUARTER_MS);
  const kept = sql`event_quarters WHERE org = ${org} AND quarter >= ${first} AND quarter < ${end}`;
  const counted = sql`SELECT at / 900000 AS key, ${BY_TYPE} FROM ${seen} AND bot = 0 GROUP BY key`;
  return {
    find: differences({
      what: sql`'event_quarters.' || key`,
      values: ["logins", "page_views", "activities"],
      kept: sql`SELECT quarter AS key, logins, page_views, activities FROM ${kept}`,
      seen: counted,
      guard: isKept(org, from),
    }),
    repair: [
      sql`DELETE FROM ${kept} AND ${isKept(org, from)}`,
      sql`INSERT INTO event_quarters (org, quarter, logins, page_views, activities) SELECT ${org}, * FROM (${counted})`,
    ],
    day: Math.floor(first / DAY_QUARTERS),
  };
}

export function botsCheck(org: number, day: number): Check {
  const kept = sql`bot_days WHERE org = ${org} AND day = ${day}`;
  const seen = eventsBetween(org, day * DAY_MS, (day + 1) * DAY_MS);
  const counted = sql`SELECT bot - 1 AS key, count(*) AS events FROM ${seen} AND bot > 0 GROUP BY key`;
  const guard = isKept(org, day * DAY_MS);
  return {
    find: differences({
      what: sql`'bot_days.' || ${whole(day)} || '.' || key`,
      values: ["events"],
      kept: sql`SELECT reason AS key, events FROM ${kept}`,
      seen: counted,
      guard,
    }),
    repair: [
      sql`DELETE FROM ${kept} AND ${guard}`,
      sql`INSERT INTO bot_days (org, day, reason, events) SELECT ${org}, ${day}, * FROM (${counted})`,
    ],
    day,
  };
}

interface ViewsOf {
  org: number;
  kind: 0 | 1;
  /** 0 for a day, 1 for a month, both counted from the epoch. */
  period: 0 | 1;
  start: number;
}

function keptViews({ org, kind, period, start }: ViewsOf): SQL {
  return sql`view_counts WHERE org = ${org} AND kind = ${kind} AND period = ${period} AND start = ${start}`;
}

/** The kept views of a period against those `counted`, where `guard` holds. */
function viewCountsCheck(
  of: ViewsOf,
  { counted, guard, day }: { counted: SQL; guard: SQL; day: number | null },
): Check {
  const { org, kind, period, start } = of;
  const kept = keptViews(of);
  return {
    find: differences({
      what: sql`'view_counts.' || ${whole(kind)} || '.' || ${whole(period)} || '.' || ${whole(start)} || '.' || key`,
      values: ["views"],
      kept: sql`SELECT value AS key, views FROM ${kept}`,
      seen: counted,
      guard,
    }),
    repair: [
      sql`DELETE FROM ${kept} AND ${guard}`,
      sql`INSERT INTO view_counts (org, kind, period, start, value, views)
        SELECT ${org}, ${kind}, ${period}, ${start}, * FROM (${counted}) WHERE ${guard}`,
    ],
    day,
  };
}

/** Views of a day by path (kind 0) or referrer (1); a day whose rare values were put together is passed over. */
export function viewsCheck(org: number, kind: 0 | 1, day: number): Check {
  const of: ViewsOf = { org, kind, period: 0, start: day };
  const column = sql.raw(kind === 0 ? "path" : "referrer");
  const seen = sql`${eventsBetween(org, day * DAY_MS, (day + 1) * DAY_MS)} AND bot = 0 AND type = 1 AND ${column} IS NOT NULL`;
  const counted = sql`SELECT ${column} AS key, count(*) AS views FROM ${seen} GROUP BY key`;
  const guard = sql`${isKept(org, day * DAY_MS)} AND NOT EXISTS (SELECT 1 FROM ${keptViews(of)} AND value = '')`;
  return viewCountsCheck(of, { counted, guard, day });
}

/** A month's views against those of its days [first, end), where none of them had rare values put together. */
export function monthCheck(
  org: number,
  kind: 0 | 1,
  { month, first, end }: { month: number; first: number; end: number },
): Check {
  const of: ViewsOf = { org, kind, period: 1, start: month };
  const days = sql`view_counts WHERE org = ${org} AND kind = ${kind} AND period = 0 AND start >= ${first} AND start < ${end}`;
  const counted = sql`SELECT value AS key, sum(views) AS views FROM ${days} GROUP BY key`;
  const guard = sql`NOT EXISTS (SELECT 1 FROM ${keptViews(of)} AND value = '') AND NOT EXISTS (SELECT 1 FROM ${days} AND value = '')`;
  return viewCountsCheck(of, { counted, guard, day: null });
}
