import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import {
  analyticsDays,
  analyticsOrgs,
  botDays,
  eventMinutes,
  eventQuarters,
  events,
  orgUsers,
  userDays,
  viewCounts,
} from "../schema/analytics.ts";

/** Some of a user's events, the oldest first: those up to the time of the `limit`-th. */
export interface Removal {
  org: number;
  /** `org_users.number`. */
  user: number;
  limit: number;
}

const LAST = 8_640_000_000_000_000;
const MONTH = sql`(strftime('%Y', at / 1000, 'unixepoch') - 1970) * 12 + strftime('%m', at / 1000, 'unixepoch') - 1`;

/** Deleted last in a batch, so that each statement before it sees the same ones. */
export function removedEvents(removal: Removal): SQL {
  return sql`${events} WHERE user = ${removal.user} AND at <= ${boundOf(removal)}`;
}

function boundOf({ user, limit }: Removal): SQL {
  return sql`coalesce((SELECT at FROM ${events} WHERE user = ${user} ORDER BY at LIMIT 1 OFFSET ${limit - 1}), ${LAST})`;
}

const BY_TYPE = sql`count(*) FILTER (WHERE type = 0) AS logins, count(*) FILTER (WHERE type = 1) AS page_views,
  count(*) FILTER (WHERE type = 2) AS activities`;

/** Takes the events out of the counters by quarter and by minute, and rows that count nothing away. */
export function uncountSlots(removal: Removal): SQL[] {
  return [
    ...uncountSlot(removal, { table: sql`${eventQuarters}`, slot: sql`quarter`, ms: 900_000 }),
    ...uncountSlot(removal, { table: sql`${eventMinutes}`, slot: sql`minute`, ms: 60_000 }),
  ];
}

function uncountSlot(removal: Removal, { table, slot, ms }: { table: SQL; slot: SQL; ms: number }): SQL[] {
  const { org } = removal;
  const msText = sql.raw(String(ms));
  return [
    sql`WITH gone AS MATERIALIZED (
        SELECT at / ${msText} AS slot, ${BY_TYPE} FROM ${removedEvents(removal)} AND bot = 0 GROUP BY slot
      )
      UPDATE ${table} AS t SET logins = t.logins - gone.logins, page_views = t.page_views - gone.page_views,
        activities = t.activities - gone.activities
      FROM gone WHERE t.org = ${org} AND t.${slot} = gone.slot`,
    sql`DELETE FROM ${table} WHERE org = ${org} AND ${slot} IN (SELECT at / ${msText} FROM ${removedEvents(removal)})
      AND logins = 0 AND page_views = 0 AND activities = 0`,
  ];
}

export function uncountBots(removal: Removal): SQL[] {
  const { org } = removal;
  return [
    sql`WITH gone AS MATERIALIZED (
        SELECT at / 86400000 AS day, bot - 1 AS reason, count(*) AS events FROM ${removedEvents(removal)} AND bot > 0
        GROUP BY day, reason
      )
      UPDATE ${botDays} AS t SET events = t.events - gone.events
      FROM gone WHERE t.org = ${org} AND t.day = gone.day AND t.reason = gone.reason`,
    sql`DELETE FROM ${botDays} WHERE org = ${org} AND events = 0
      AND day IN (SELECT at / 86400000 FROM ${removedEvents(removal)} AND bot > 0)`,
  ];
}

/** By path (kind 0) or referrer (kind 1), by day and by month. */
export function uncountViews(removal: Removal, kind: 0 | 1): SQL[] {
  const { org } = removal;
  const column = sql.raw(kind === 0 ? "path" : "referrer");
  const seen = sql`${removedEvents(removal)} AND bot = 0 AND type = 1 AND ${column} IS NOT NULL`;
  const gone = sql`WITH gone AS MATERIALIZED (
      SELECT 0 AS period, at / 86400000 AS start, ${column} AS value, count(*) AS views FROM ${seen} GROUP BY start, value
      UNION ALL
      SELECT 1 AS period, ${MONTH} AS start, ${column} AS value, count(*) AS views FROM ${seen} GROUP BY start, value
    )`;
  const matching = sql`t.org = ${org} AND t.kind = ${kind} AND t.period = gone.period AND t.start = gone.start
    AND t.value = gone.value`;
  return [
    sql`${gone} UPDATE ${viewCounts} AS t SET views = t.views - gone.views FROM gone WHERE ${matching}`,
    sql`${gone} DELETE FROM ${viewCounts} WHERE org = ${org} AND kind = ${kind} AND views = 0
      AND (period, start, value) IN (SELECT period, start, value FROM gone)`,
  ];
}

export function uncountUser(removal: Removal): SQL {
  return sql`WITH gone AS (SELECT ${BY_TYPE} FROM ${removedEvents(removal)} AND bot = 0)
    UPDATE ${orgUsers} SET logins = ${orgUsers.logins} - gone.logins, page_views = ${orgUsers.pageViews} - gone.page_views,
      activities = ${orgUsers.activities} - gone.activities
    FROM gone WHERE number = ${removal.user}`;
}

function isLast(removal: Removal): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${events} WHERE user = ${removal.user} AND at > ${boundOf(removal)})`;
}

/** The days on which the user did anything, from the first to the last: also those whose events are forgotten. */
function daysOf({ user }: Removal): SQL {
  return sql`WITH RECURSIVE days(day, last) AS (
      SELECT first_activity / 86400000, last_activity / 86400000 FROM ${orgUsers} WHERE number = ${user} AND last_activity > 0
      UNION ALL SELECT day + 1, last FROM days WHERE day < last
    )`;
}

/** Moves the version on and stamps the days that change: those of the events, and with the last of them those of the presence. */
export function stampRemoval(removal: Removal): SQL[] {
  const { org, user } = removal;
  const version = sql`(SELECT version FROM ${analyticsOrgs} WHERE org = ${org})`;
  return [
    sql`UPDATE ${analyticsOrgs} SET version = version + 1 WHERE org = ${org}
      AND EXISTS (SELECT 1 FROM ${orgUsers} WHERE number = ${user})`,
    sql`INSERT INTO ${analyticsDays} (org, day, version)
      SELECT DISTINCT ${org}, at / 86400000, ${version} FROM ${removedEvents(removal)}
      ON CONFLICT (org, day) DO UPDATE SET version = excluded.version`,
    sql`${daysOf(removal)} INSERT INTO ${analyticsDays} (org, day, version)
      SELECT ${org}, days.day, ${version} FROM days CROSS JOIN ${userDays} AS d ON d.org = ${org} AND d.day = days.day
        AND d.user = ${user} WHERE ${isLast(removal)}
      ON CONFLICT (org, day) DO UPDATE SET version = excluded.version`,
  ];
}

/** With the last of the events the user goes too. Comes before the events themselves. */
export function removeUser(removal: Removal): SQL[] {
  const { org, user } = removal;
  return [
    sql`${daysOf(removal)} DELETE FROM ${userDays} WHERE org = ${org} AND user = ${user}
      AND day IN (SELECT day FROM days) AND ${isLast(removal)}`,
    sql`DELETE FROM ${orgUsers} WHERE number = ${user} AND ${isLast(removal)}`,
  ];
}

export function removeEvents(removal: Removal): SQL {
  return sql`DELETE FROM ${removedEvents(removal)}`;
}

export function hasEvents({ user }: Removal): SQL {
  return sql`SELECT EXISTS (SELECT 1 FROM ${events} WHERE user = ${user}) AS remaining`;
}
