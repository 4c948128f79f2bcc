import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";

/** A list of views that may be too long: by path (kind 0) or referrer (1), of a day (period 0) or month (1) in UTC. */
export interface ViewList {
  org: number;
  kind: 0 | 1;
  period: 0 | 1;
  start: number;
  /** Values that it keeps where it has more than `most`. */
  keep: number;
  most: number;
}

/** Organisations whose turn it is, of one in `parts`. */
export async function orgsInTurn(db: Database, part: number, parts: number): Promise<number[]> {
  const rows = await db.orm.all<{ org: number }>(
    sql`SELECT org FROM analytics_orgs WHERE org % ${parts} = ${part} AND folded_at > 0 LIMIT 100`,
  );
  return rows.map(({ org }) => org);
}

/** Which of the lists are too long, by position. One round trip. */
export async function longLists(db: Database, lists: readonly ViewList[]): Promise<ViewList[]> {
  const [, ...found] = await db.orm.batch([
    db.orm.all<{ long: number }>(sql`SELECT 0 AS long`),
    ...lists.map((list) =>
      db.orm.all<{ long: number }>(
        sql`SELECT EXISTS (SELECT 1 FROM ${rowsOf(list)} LIMIT 1 OFFSET ${list.most}) AS long`,
      ),
    ),
  ]);
  return lists.filter((_, index) => found[index][0]?.long === 1);
}

/** Puts the rarest values together under the empty one, so that the sum stays. One round trip. */
export async function trimList(db: Database, list: ViewList): Promise<void> {
  const { org, kind, period, start, keep } = list;
  const rest = sql`(SELECT value, views FROM ${rowsOf(list)} ORDER BY views DESC, value LIMIT -1 OFFSET ${keep})`;
  await db.orm.batch([
    db.orm.run(sql`INSERT INTO view_counts (org, kind, period, start, value, views)
      SELECT ${org}, ${kind}, ${period}, ${start}, '', sum(views) FROM ${rest} HAVING count(*) > 0
      ON CONFLICT (org, kind, period, start, value) DO UPDATE SET views = views + excluded.views`),
    db.orm.run(sql`DELETE FROM ${rowsOf(list)} AND value IN (SELECT value FROM ${rest})`),
  ]);
}

function rowsOf({ org, kind, period, start }: ViewList): SQL {
  return sql`view_counts WHERE org = ${org} AND kind = ${kind} AND period = ${period} AND start = ${start} AND value > ''`;
}
