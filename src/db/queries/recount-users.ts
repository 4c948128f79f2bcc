import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { DAY_MS } from "../../domain/event.ts";
import { type Check, whole } from "./recount.ts";

/** Users of an organisation, by a JSON list of their numbers. */
export interface SomeUsers {
  org: number;
  users: string;
}

/** Who is being erased has an id that begins so, and rows that are on their way out. */
const IS_ERASED = sql.raw(`substr(id, 1, 1) = char(1)`);

/**
 * Users' counters: their events and those that were forgotten. The newest event is never forgotten before older ones; the
 * oldest is known only where none was.
 */
export function usersCheck({ org, users }: SomeUsers): Check {
  const counted = sql`WITH counted AS MATERIALIZED (
      SELECT u.number AS number,
        count(*) FILTER (WHERE e.type = 0) + u.forgotten_logins AS logins,
        count(*) FILTER (WHERE e.type = 1) + u.forgotten_page_views AS page_views,
        count(*) FILTER (WHERE e.type = 2) + u.forgotten_activities AS activities,
        CASE WHEN max(e.at) IS NOT NULL THEN max(e.at) WHEN ${hasForgotten} THEN u.last_activity ELSE 0 END AS last_activity,
        CASE WHEN ${hasForgotten} THEN u.first_activity ELSE coalesce(min(e.at), 0) END AS first_activity
      FROM json_each(${users}) AS given CROSS JOIN org_users AS u ON u.number = given.value AND u.org = ${org} AND substr(u.id, 1, 1) <> char(1)
      LEFT JOIN events AS e ON e.user = u.number AND e.bot = 0 GROUP BY u.number
    )`;
  return {
    find: sql`${counted} SELECT 'org_users.' || u.number AS what,
        json_array(u.logins, u.page_views, u.activities, u.last_activity, u.first_activity) AS kept,
        json_array(c.logins, c.page_views, c.activities, c.last_activity, c.first_activity) AS recounted
      FROM counted AS c CROSS JOIN org_users AS u ON u.number = c.number
      WHERE (u.logins, u.page_views, u.activities, u.last_activity, u.first_activity)
        IS NOT (c.logins, c.page_views, c.activities, c.last_activity, c.first_activity)`,
    repair: [
      sql`${counted} UPDATE org_users SET logins = c.logins, page_views = c.page_views, activities = c.activities,
          last_activity = c.last_activity, first_activity = c.first_activity
        FROM counted AS c WHERE org_users.number = c.number`,
    ],
    day: null,
  };
}

const hasForgotten = sql.raw("u.forgotten_logins + u.forgotten_page_views + u.forgotten_activities > 0");

/** Presence of all users on a day in UTC, or of some. */
export function presenceCheck(org: number, day: number, users: string | null): Check {
  const from = day * DAY_MS;
  const some = users === null ? sql`` : sql`AND user IN (SELECT value FROM json_each(${users}))`;
  const guard = sql`coalesce((SELECT forgotten_before FROM analytics_orgs WHERE org = ${org}), 0) <= ${from}`;
  const isErased = sql`EXISTS (SELECT 1 FROM org_users WHERE number = user AND ${IS_ERASED})`;
  const kept = sql`user_days WHERE org = ${org} AND day = ${day} ${some} AND NOT ${isErased} AND ${guard}`;
  // The sum of different powers of two is their OR, for which there is no aggregate.
  const counted = sql`SELECT user AS key, coalesce(sum(1 << quarter) FILTER (WHERE quarter < 48), 0) AS morning,
      coalesce(sum(1 << (quarter - 48)) FILTER (WHERE quarter >= 48), 0) AS evening
    FROM (SELECT DISTINCT user, at / 900000 % 96 AS quarter FROM ${eventsOfDay(org, day, users)} AND bot = 0
      AND NOT ${isErased} AND ${guard}) GROUP BY user`;
  return {
    find: sql`SELECT 'user_days.' || ${whole(day)} || '.' || key AS what, json_array(km, ke) AS kept, json_array(rm, re) AS recounted
      FROM (SELECT key, sum(km) AS km, sum(ke) AS ke, sum(rm) AS rm, sum(re) AS re FROM (
          SELECT user AS key, morning AS km, evening AS ke, 0 AS rm, 0 AS re FROM ${kept}
          UNION ALL SELECT key, 0, 0, morning, evening FROM (${counted})
        ) GROUP BY key)
      WHERE km <> rm OR ke <> re LIMIT 200`,
    repair: [
      sql`DELETE FROM ${kept}`,
      sql`INSERT INTO user_days (org, day, user, morning, evening) SELECT ${org}, ${day}, * FROM (${counted})`,
    ],
    day,
  };
}

/** By the index that fits. */
function eventsOfDay(org: number, day: number, users: string | null): SQL {
  const times = sql`at >= ${day * DAY_MS} AND at < ${(day + 1) * DAY_MS}`;
  if (users === null) return sql`events INDEXED BY events_by_time WHERE org = ${org} AND ${times}`;
  return sql`events INDEXED BY events_of_user
    WHERE user IN (SELECT value FROM json_each(${users})) AND ${times} AND org = ${org}`;
}
