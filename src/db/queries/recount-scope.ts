import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { DAY_MS } from "../../domain/event.ts";
import type { Database } from "../client.ts";
import { analyticsDays, analyticsOrgs, driftFindings, events, orgUsers } from "../schema/analytics.ts";
import { organisations } from "../schema/orgs.ts";
import type { Check, Difference } from "./recount.ts";

/** The differences that each of the checks finds, in their order; nothing is written. One round trip. */
export async function findDifferences(db: Database, checks: readonly Check[]): Promise<Difference[][]> {
  const [, ...found] = await db.orm.batch([
    db.orm.all<Difference>(sql`SELECT 1 AS what`),
    ...checks.map(({ find }) => db.orm.all<Difference>(find)),
  ]);
  return found;
}

export interface Finding {
  id: string;
  org: number;
  /** Table, key and value: `org_users.17.logins`. */
  what: string;
  kept: number;
  recounted: number;
  createdAt: number;
}

/** Writes findings down and makes what they are about anew, all or nothing. One round trip. */
export async function repairDrift(
  db: Database,
  { org, checks, findings }: { org: number; checks: readonly Check[]; findings: readonly Finding[] },
): Promise<void> {
  const version = sql`(SELECT version FROM ${analyticsOrgs} WHERE org = ${org})`;
  const days = JSON.stringify([...new Set(checks.flatMap(({ day }) => (day === null ? [] : [day])))]);
  const run = (statement: SQL) => db.orm.run(statement);
  await db.orm.batch([
    db.orm.insert(driftFindings).values([...findings]),
    ...checks.flatMap(({ repair }) => repair.map(run)),
    run(sql`UPDATE ${analyticsOrgs} SET version = version + 1 WHERE org = ${org}`),
    run(sql`INSERT INTO ${analyticsDays} (org, day, version) SELECT ${org}, value, ${version} FROM json_each(${days}) WHERE true
      ON CONFLICT (org, day) DO UPDATE SET version = excluded.version`),
  ]);
}

/** The organisation of the first user from a number on, of all of them; `null` where there is none. */
export async function orgOfUserFrom(db: Database, at: number): Promise<number | null> {
  const [row] = await db.orm.all<{ org: number }>(
    sql`SELECT org FROM ${orgUsers} WHERE number >= (SELECT CAST(max(number) * ${at} AS INTEGER) FROM ${orgUsers})
      ORDER BY number LIMIT 1`,
  );
  return row?.org ?? null;
}

export interface Sampled {
  users: number[];
  /** Days in UTC on which anything happened and of which no event was forgotten. */
  days: number[];
}

/** Rows that a look for users of one organisation may pass over. */
const NEAR = 500;

/** Users with few enough events to be recounted at once, near a place (0 to 1) among all, and days. One round trip. */
export async function readSample(
  db: Database,
  { org, at, users, maxEvents }: { org: number; at: number; users: number; maxEvents: number },
): Promise<Sampled> {
  const [found, days] = await db.orm.batch([
    db.orm.all<{ number: number }>(sql`SELECT number FROM (SELECT * FROM ${orgUsers}
        WHERE number >= (SELECT CAST(max(number) * ${at} AS INTEGER) FROM ${orgUsers}) ORDER BY number LIMIT ${NEAR})
      WHERE org = ${org} AND logins + page_views + activities <= ${maxEvents} LIMIT ${users}`),
    db.orm.all<{ day: number }>(keptDays(org)),
  ]);
  return { users: found.map(({ number }) => number), days: days.map(({ day }) => day) };
}

function keptDays(org: number): SQL {
  return sql`SELECT day FROM ${analyticsDays} WHERE org = ${org} AND day >=
    coalesce((SELECT forgotten_before / 86400000 FROM ${analyticsOrgs} WHERE org = ${org}), 0) ORDER BY day`;
}

export async function readKeptDays(db: Database, org: number): Promise<number[]> {
  return (await db.orm.all<{ day: number }>(keptDays(org))).map(({ day }) => day);
}

/** How many events a day has, counted up to `most`. */
export async function countDay(
  db: Database,
  { org, day, most }: { org: number; day: number; most: number },
): Promise<number> {
  const [row] = await db.orm.all<{ events: number }>(
    sql`SELECT count(*) AS events FROM (SELECT 1 FROM ${events}
      WHERE org = ${org} AND at >= ${day * DAY_MS} AND at < ${(day + 1) * DAY_MS} LIMIT ${most})`,
  );
  return row?.events ?? 0;
}

/** The next users of an organisation by id. One round trip. */
export async function readUsersAfter(
  db: Database,
  { org, after, limit }: { org: number; after: string; limit: number },
): Promise<{ number: number; id: string }[]> {
  return db.orm.all(
    sql`SELECT number, id FROM ${orgUsers} WHERE org = ${org} AND id > ${after} ORDER BY id LIMIT ${limit}`,
  );
}

export interface FindingRow extends Finding {
  /** The organisation's slug. */
  slug: string;
}

/** The newest first, those before the id `before`. */
export function listFindings(
  db: Database,
  { before, limit }: { before: string | null; limit: number },
): Promise<FindingRow[]> {
  return db.orm
    .all<FindingRow>(sql`SELECT f.id AS id, f.org AS org, o.slug AS slug, f.what AS what, f.kept AS kept,
      f.recounted AS recounted, f.created_at AS createdAt
    FROM ${driftFindings} AS f JOIN ${organisations} AS o ON o.number = f.org
    WHERE f.id < ${before ?? "~"} ORDER BY f.id DESC LIMIT ${limit}`);
}
