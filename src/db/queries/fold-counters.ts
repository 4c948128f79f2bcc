import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import {
  analyticsDays,
  analyticsOrgs,
  botDays,
  eventMinutes,
  eventQuarters,
  orgUsers,
  userDays,
  viewCounts,
} from "../schema/analytics.ts";
import { freshEvents } from "./fold-statements.ts";

/** Minutes are kept so long: readers look at the last 30. */
export const MINUTES_KEPT = 180;

const MINUTE_MS = 60_000;
/** Types by their index in EVENT_TYPES. */
const BY_TYPE = sql`count(*) FILTER (WHERE type = 0) AS logins, count(*) FILTER (WHERE type = 1) AS page_views,
  count(*) FILTER (WHERE type = 2) AS activities`;
const ADD_BY_TYPE = sql`SET logins = logins + excluded.logins, page_views = page_views + excluded.page_views,
  activities = activities + excluded.activities`;
/** Months from the epoch of the day `day`. */
const MONTH = sql`(strftime('%Y', day * 86400, 'unixepoch') - 1970) * 12 + strftime('%m', day * 86400, 'unixepoch') - 1`;

export function countByUser(org: number): SQL {
  return sql`WITH fresh AS (
      SELECT user, ${BY_TYPE}, max(at) AS newest, min(at) AS oldest FROM ${freshEvents(org)} AND bot = 0 GROUP BY user
    )
    UPDATE ${orgUsers} SET logins = ${orgUsers.logins} + fresh.logins, page_views = ${orgUsers.pageViews} + fresh.page_views,
      activities = ${orgUsers.activities} + fresh.activities,
      last_activity = max(${orgUsers.lastActivity}, fresh.newest),
      first_activity = CASE WHEN ${orgUsers.firstActivity} = 0 THEN fresh.oldest ELSE min(${orgUsers.firstActivity}, fresh.oldest) END
    FROM fresh WHERE ${orgUsers.number} = fresh.user`;
}

export function countByQuarter(org: number): SQL {
  return sql`INSERT INTO ${eventQuarters} (org, quarter, logins, page_views, activities)
    SELECT ${org}, at / 900000 AS quarter, ${BY_TYPE} FROM ${freshEvents(org)} AND bot = 0 GROUP BY quarter
    ON CONFLICT (org, quarter) DO UPDATE ${ADD_BY_TYPE}`;
}

export function countByMinute(org: number, now: number): SQL {
  return sql`INSERT INTO ${eventMinutes} (org, minute, logins, page_views, activities)
    SELECT ${org}, at / 60000 AS minute, ${BY_TYPE} FROM ${freshEvents(org)} AND bot = 0 AND at >= ${firstMinute(now) * MINUTE_MS}
    GROUP BY minute
    ON CONFLICT (org, minute) DO UPDATE ${ADD_BY_TYPE}`;
}

export function dropMinutes(org: number, now: number): SQL {
  return sql`DELETE FROM ${eventMinutes} WHERE org = ${org} AND minute < ${firstMinute(now)}`;
}

function firstMinute(now: number): number {
  return Math.floor(now / MINUTE_MS) - MINUTES_KEPT;
}

export function countBots(org: number): SQL {
  return sql`INSERT INTO ${botDays} (org, day, reason, events)
    SELECT ${org}, at / 86400000 AS day, bot - 1 AS reason, count(*) FROM ${freshEvents(org)} AND bot > 0 GROUP BY day, reason
    ON CONFLICT (org, day, reason) DO UPDATE SET events = events + excluded.events`;
}

/** The sum of different powers of two is their OR, for which there is no aggregate. */
export function markPresence(org: number): SQL {
  return sql`INSERT INTO ${userDays} (org, day, user, morning, evening)
    SELECT ${org}, quarter / 96 AS day, user,
      coalesce(sum(1 << (quarter % 96)) FILTER (WHERE quarter % 96 < 48), 0),
      coalesce(sum(1 << (quarter % 96 - 48)) FILTER (WHERE quarter % 96 >= 48), 0)
    FROM (SELECT DISTINCT user, at / 900000 AS quarter FROM ${freshEvents(org)} AND bot = 0) GROUP BY day, user
    ON CONFLICT (org, day, user) DO UPDATE SET morning = morning | excluded.morning, evening = evening | excluded.evening`;
}

/** Page views by `column` (kind 0 is the path, kind 1 the referrer), by day and by month. */
export function countViews(org: number, kind: 0 | 1): SQL {
  const column = sql.raw(kind === 0 ? "path" : "referrer");
  return sql`WITH days AS MATERIALIZED (
      SELECT at / 86400000 AS day, ${column} AS value, count(*) AS views FROM ${freshEvents(org)}
        AND bot = 0 AND type = 1 AND ${column} IS NOT NULL GROUP BY day, value
    )
    INSERT INTO ${viewCounts} (org, kind, period, start, value, views)
    SELECT ${org}, ${kind}, 0, day, value, views FROM days
    UNION ALL
    SELECT ${org}, ${kind}, 1, ${MONTH} AS month, value, sum(views) FROM days GROUP BY month, value
    ON CONFLICT (org, kind, period, start, value) DO UPDATE SET views = views + excluded.views`;
}

/** Comes after the version has moved on. */
export function stampDays(org: number): SQL {
  return sql`INSERT INTO ${analyticsDays} (org, day, version)
    SELECT DISTINCT ${org}, at / 86400000, (SELECT version FROM ${analyticsOrgs} WHERE org = ${org}) FROM ${freshEvents(org)}
    ON CONFLICT (org, day) DO UPDATE SET version = excluded.version`;
}
