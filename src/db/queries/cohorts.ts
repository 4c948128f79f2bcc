import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { firstDayOfWeek } from "../../domain/interval.ts";
import type { Database } from "../client.ts";
import { analyticsDays, analyticsOrgs, cohortWeeks } from "../schema/analytics.ts";

export interface CohortState {
  /** Days in UTC on which anything happened, with the organisation's version at the last change. */
  days: { day: number; version: number }[];
  /** Weeks that were counted, with the version they were counted at. */
  weeks: { week: number; version: number }[];
}

/** Weeks from `first` on. One round trip. */
export async function readCohortState(db: Database, org: number, first: number): Promise<CohortState> {
  const [days, weeks] = await db.orm.batch([
    db.orm.all<CohortState["days"][number]>(
      sql`SELECT day, version FROM ${analyticsDays} WHERE org = ${org} ORDER BY day`,
    ),
    db.orm.all<CohortState["weeks"][number]>(
      sql`SELECT week, version FROM ${cohortWeeks} WHERE org = ${org} AND cohort >= ${first} AND week = cohort`,
    ),
  ]);
  return { days, weeks };
}

export interface WeekCount {
  /** The organisation's, when it was counted. */
  version: number;
  cohorts: { cohort: number; users: number }[];
}

/** The people of a week by the week they were first seen in, from the cohort `first` on. One round trip. */
export async function countWeek(
  db: Database,
  { org, week, first }: { org: number; week: number; first: number },
): Promise<WeekCount> {
  const [[head], cohorts] = await db.orm.batch([
    db.orm.all<{ version: number }>(sql`SELECT version FROM ${analyticsOrgs} WHERE org = ${org}`),
    db.orm.all<WeekCount["cohorts"][number]>(weekCohorts({ org, week, first })),
  ]);
  return { version: head?.version ?? 0, cohorts };
}

export function weekCohorts({ org, week, first }: { org: number; week: number; first: number }): SQL {
  return sql`SELECT (o.first_activity / 86400000 + 3) / 7 AS cohort, count(DISTINCT u.user) AS users
    FROM user_days AS u CROSS JOIN org_users AS o ON o.number = u.user
    WHERE u.org = ${org} AND u.day >= ${firstDayOfWeek(week)} AND u.day < ${firstDayOfWeek(week + 1)}
      AND o.is_anonymous = 0 AND o.first_activity >= ${firstDayOfWeek(first) * 86_400_000}
    GROUP BY cohort`;
}

/** Keeps the counts of a week; the week's own cohort always has a row, which tells that it was counted. One round trip. */
export async function writeWeek(
  db: Database,
  { org, week, first, count }: { org: number; week: number; first: number; count: WeekCount },
): Promise<void> {
  const rows = count.cohorts.filter(({ cohort }) => cohort <= week);
  if (rows.every(({ cohort }) => cohort !== week)) rows.push({ cohort: week, users: 0 });
  const values = rows.map(({ cohort, users }) => ({ org, cohort, week, users, version: count.version }));
  await db.orm.batch([
    db.orm.run(
      sql`DELETE FROM ${cohortWeeks} WHERE org = ${org} AND cohort BETWEEN ${first} AND ${week} AND week = ${week}`,
    ),
    db.orm.insert(cohortWeeks).values(values),
  ]);
}

/** Makes answers that showed the cohorts as they were unreachable. */
export async function moveOn(db: Database, org: number): Promise<void> {
  await db.orm.run(sql`UPDATE ${analyticsOrgs} SET version = version + 1 WHERE org = ${org}`);
}

/** Organisations, of one in `parts`, that moved on since their cohorts were counted: the week now is `week`. */
export function cohortsBehind(week: number, part: number, parts: number): SQL {
  return sql`SELECT a.org AS org FROM ${analyticsOrgs} AS a WHERE a.org % ${parts} = ${part} AND a.folded_at > 0
    AND a.version > coalesce((SELECT c.version + 1 FROM ${cohortWeeks} AS c
      WHERE c.org = a.org AND c.cohort = ${week} AND c.week = ${week}), -1) LIMIT 100`;
}

export async function readCohortsBehind(db: Database, query: SQL): Promise<number[]> {
  return (await db.orm.all<{ org: number }>(query)).map(({ org }) => org);
}
