import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { DayMask, SpanDays } from "../../domain/interval-masks.ts";

/** `active_sketches.period`. */
export const PERIODS = { day: 0, month: 1, week: 2, hours: 3, state: 9 } as const;

/** A span whose active users are asked for. */
export interface Leaf extends SpanDays {
  /** What its answer is known by. */
  id: number;
  /** Of the row that may hold them already; `null` where none does. */
  period: number | null;
  /** Of that row: the day, month or Monday on the zone's calendar. */
  start: number;
  /** Within that row, for hours. */
  index: number;
  /** Whether the users themselves are needed, to be united with others, and not just their number. */
  isSet: boolean;
}

/** What a row kept of a leaf. */
export interface KeptLeaf {
  /** The leaf's id. */
  i: number;
  users: number;
  /** 1 where nothing has changed since in the days it covers. */
  fresh: number;
  sketch: ArrayBuffer | null;
  /** 1 where the number is an estimate. */
  estimated: number;
}

/** What was counted of a leaf that no row keeps freshly. */
export interface CountedLeaf {
  i: number;
  users: number;
  /** Numbers, joined by commas. */
  list: string | null;
  /** User-days read for it. */
  cost: number;
}

/** Leaves as JSON, the order of which is the order they are counted in. */
export function encodeLeaves(leaves: readonly Leaf[]): string {
  const maskOf = ({ morning, evening }: DayMask) => [morning, evening];
  const rows = leaves.map(({ id, period, start, index, isSet, first, last, firstMask, lastMask }) => {
    const place = [id, period ?? -1, start, index, isSet ? 1 : 0, first, last];
    return [...place, ...maskOf(firstMask), ...maskOf(lastMask)];
  });
  return JSON.stringify(rows);
}

/** `CROSS JOIN` after it fixes the order of the loops, which is the order of the list. */
function leavesOf(json: string): SQL {
  const columns = ["i", "period", "start", "place", "is_set", "first", "last", "fm", "fe", "lm", "le"];
  const list = columns.map((name, at) => `value ->> ${at} AS ${name}`).join(", ");
  return sql`leaf AS MATERIALIZED (SELECT ${sql.raw(list)} FROM json_each(${json}))`;
}

/** The days of a leaf l have not changed since the row s was made. */
function isFresh(org: SQL): SQL {
  return sql`s.version >= coalesce((SELECT max(d.version) FROM analytics_days AS d
    WHERE d.org = ${org} AND d.day BETWEEN l.first AND l.last), 0)`;
}

/** The users of user_days u within the leaf l. */
const IN_LEAF = sql.raw(`u.day BETWEEN l.first AND l.last
  AND (u.day > l.first OR u.morning & l.fm OR u.evening & l.fe)
  AND (u.day < l.last OR u.morning & l.lm OR u.evening & l.le)`);

export interface ActivesArgs {
  /** `organisations.number`, or a subquery of it. */
  org: SQL;
  zone: string;
  /** By `encodeLeaves`. */
  leaves: string;
}

export function keptLeaves({ org, zone, leaves }: ActivesArgs): SQL {
  return sql`WITH ${leavesOf(leaves)}
    SELECT l.i AS i,
      CASE l.period WHEN ${PERIODS.hours} THEN coalesce(json_extract(CAST(s.sketch AS TEXT), '$[' || l.place || ']'), 0) ELSE s.users END AS users,
      ${isFresh(org)} AS fresh, CASE WHEN l.is_set THEN s.sketch END AS sketch,
      l.period <> ${PERIODS.hours} AND substr(s.sketch, 1, 1) = x'02' AS estimated
    FROM leaf AS l CROSS JOIN active_sketches AS s
      ON s.org = ${org} AND s.zone = ${zone} AND s.period = l.period AND s.start = l.start`;
}

/** Of each leaf that no row keeps freshly, in their order, until `limit` user-days were found: the last may be cut. */
export function countedLeaves(args: ActivesArgs, limit: number): SQL {
  const { org, zone, leaves } = args;
  return sql`WITH ${leavesOf(leaves)},
    open AS MATERIALIZED (SELECT * FROM leaf AS l WHERE NOT EXISTS (SELECT 1 FROM active_sketches AS s
      WHERE s.org = ${org} AND s.zone = ${zone} AND s.period = l.period AND s.start = l.start AND ${isFresh(org)}))
    SELECT i, count(DISTINCT user) AS users, CASE WHEN is_set THEN group_concat(DISTINCT user) END AS list, count(*) AS cost
    FROM (SELECT l.i AS i, l.is_set AS is_set, u.user AS user FROM open AS l CROSS JOIN user_days AS u
      ON u.org = ${org} AND ${IN_LEAF} LIMIT ${limit})
    GROUP BY i`;
}
