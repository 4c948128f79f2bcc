import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { changedOrg, versionQuery } from "./analytics-version.ts";
import type { DataVersion } from "./analytics-version.ts";

/** Counting goes no further. */
export const MAX_LIVE_USERS = 1_000;

export interface LiveArgs {
  /** Minutes since the epoch: the first and the last. */
  from: number;
  to: number;
}

export interface MinuteRow {
  minute: number;
  logins: number;
  page_views: number;
  activities: number;
}

export interface LiveRows {
  minutes: MinuteRow[];
  /** At most one more than `MAX_LIVE_USERS`. */
  activeUsers: number;
}

/** The organisation's version, and its last minutes where that is not `known`. One round trip. */
export async function readLive(
  db: Database,
  orgId: string,
  args: LiveArgs,
  known: number | null,
): Promise<{ stand: DataVersion | undefined; live: LiveRows }> {
  const org = changedOrg(orgId, known);
  const [[stand], minutes, [{ users }]] = await db.orm.batch([
    versionQuery(db, orgId),
    db.orm.all<MinuteRow>(minutesQuery(org, args)),
    db.orm.all<{ users: number }>(activeUsersQuery(org, args)),
  ]);
  return { stand, live: { minutes, activeUsers: users } };
}

export function minutesQuery(org: SQL, { from, to }: LiveArgs): SQL {
  return sql`SELECT minute, logins, page_views, activities FROM event_minutes
    WHERE org = ${org} AND minute BETWEEN ${from} AND ${to}`;
}

/** Whose newest event is that new; visitors are not counted, nor past the limit. */
export function activeUsersQuery(org: SQL, { from }: LiveArgs): SQL {
  return sql`SELECT count(*) AS users FROM (SELECT 1 FROM org_users INDEXED BY org_users_by_last_activity
    WHERE org = ${org} AND is_anonymous = 0 AND last_activity >= ${from * 60_000} LIMIT ${MAX_LIVE_USERS + 1})`;
}
