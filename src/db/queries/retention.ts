import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { analyticsOrgs, events, orgUsers } from "../schema/analytics.ts";

const DAY_MS = 86_400_000;

/** Organisations that keep events for longer than they said: at most `limit`. */
export async function orgsToForget(db: Database, args: { now: number; limit: number }): Promise<number[]> {
  const rows = await db.orm.all<{ org: number }>(orgsToForgetQuery(args));
  return rows.map(({ org }) => org);
}

export function orgsToForgetQuery({ now, limit }: { now: number; limit: number }): SQL {
  const due = sql`(forgotten_before + retention_days * 86400000)`;
  return sql`SELECT org FROM ${analyticsOrgs} WHERE ${due} <= ${now - DAY_MS} ORDER BY ${due} LIMIT ${limit}`;
}

/**
 * Forgets events that are past the organisation's retention, the oldest first, at most about `limit`; those of people stay
 * counted, and their users remember how many. Answers whether any are left to forget. One round trip.
 */
export async function forgetSome(
  db: Database,
  { org, now, limit }: { org: number; now: number; limit: number },
): Promise<boolean> {
  const results = await db.orm.batch([
    db.orm.run(moveHorizon(org, now)),
    db.orm.run(countForgotten(org, limit)),
    db.orm.run(sql`DELETE FROM ${forgotten(org, limit)}`),
    db.orm.all<{ remaining: number }>(
      sql`SELECT EXISTS (SELECT 1 FROM ${events} WHERE org = ${org} AND at < ${horizon(org)}) AS remaining`,
    ),
  ]);
  return results[3][0]?.remaining === 1;
}

/** Whole days in UTC, and never back: what was forgotten must not be taken again. */
function moveHorizon(org: number, now: number): SQL {
  const today = Math.floor(now / DAY_MS);
  return sql`UPDATE ${analyticsOrgs} SET forgotten_before = max(forgotten_before, (${today} - retention_days) * 86400000)
    WHERE org = ${org}`;
}

function horizon(org: number): SQL {
  return sql`(SELECT forgotten_before FROM ${analyticsOrgs} WHERE org = ${org})`;
}

function forgotten(org: number, limit: number): SQL {
  return sql`${events} WHERE org = ${org} AND at < ${horizon(org)} AND at <= coalesce(
    (SELECT at FROM ${events} WHERE org = ${org} ORDER BY at LIMIT 1 OFFSET ${limit - 1}), 8640000000000000)`;
}

function countForgotten(org: number, limit: number): SQL {
  return sql`WITH gone AS MATERIALIZED (
      SELECT user, count(*) FILTER (WHERE type = 0) AS logins, count(*) FILTER (WHERE type = 1) AS page_views,
        count(*) FILTER (WHERE type = 2) AS activities FROM ${forgotten(org, limit)} AND bot = 0 GROUP BY user
    )
    UPDATE ${orgUsers} SET forgotten_logins = forgotten_logins + gone.logins,
      forgotten_page_views = forgotten_page_views + gone.page_views, forgotten_activities = forgotten_activities + gone.activities
    FROM gone WHERE ${orgUsers.number} = gone.user`;
}
