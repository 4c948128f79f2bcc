import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { activeSketches, analyticsDays, analyticsOrgs } from "../schema/analytics.ts";
import {
  type CountedLeaf,
  countedLeaves,
  encodeLeaves,
  type KeptLeaf,
  keptLeaves,
  PERIODS,
} from "./overview-actives.ts";
import type { Leaf } from "./overview-actives.ts";

export interface SketchState {
  /** The organisation's. */
  version: number;
  /** Days in UTC on which anything happened, with the version of their last change. */
  days: { day: number; version: number }[];
  /** What is kept for the zone. */
  kept: { period: number; start: number; version: number }[];
  /** Other zones that are kept for the organisation. */
  otherZones: number;
}

/** What is kept of a zone, and what it would have to be made from. One round trip. */
export async function readSketchState(db: Database, org: number, zone: string): Promise<SketchState> {
  const [[head], days, kept, [others]] = await db.orm.batch([
    versionOf(db, org),
    db.orm.all<{ day: number; version: number }>(
      sql`SELECT day, version FROM ${analyticsDays} WHERE org = ${org} ORDER BY day`,
    ),
    db.orm.all<{ period: number; start: number; version: number }>(
      sql`SELECT period, start, version FROM ${activeSketches} WHERE org = ${org} AND zone = ${zone}`,
    ),
    db.orm.all<{ zones: number }>(
      sql`SELECT count(*) AS zones FROM ${activeSketches} WHERE org = ${org} AND period = ${sql.raw(String(PERIODS.state))} AND zone <> ${zone}`,
    ),
  ]);
  return { version: head?.version ?? 0, days, kept, otherZones: others?.zones ?? 0 };
}

function versionOf(db: Database, org: number) {
  return db.orm.all<{ version: number }>(sql`SELECT version FROM ${analyticsOrgs} WHERE org = ${org}`);
}

export interface Actives {
  /** The organisation's, when the rest was read. */
  version: number;
  kept: KeptLeaf[];
  counted: CountedLeaf[];
}

/** The active users of leaves: as they are kept, and counted where nothing fresh is. One round trip. */
export async function readActives(
  db: Database,
  { org, zone, leaves, limit }: { org: number; zone: string; leaves: readonly Leaf[]; limit: number },
): Promise<Actives> {
  const args = { org: sql`${org}`, zone, leaves: encodeLeaves(leaves) };
  const [[head], kept, counted] = await db.orm.batch([
    versionOf(db, org),
    db.orm.all<KeptLeaf>(keptLeaves(args)),
    db.orm.all<CountedLeaf>(countedLeaves(args, limit)),
  ]);
  return { version: head?.version ?? 0, kept, counted };
}

/** One of a leaf's users on one day in UTC, to go on after. */
export interface UserDayPosition {
  day: number;
  user: number;
}

/** The users of a leaf by day and number, at most `limit` after a position; with the organisation's version. One round trip. */
export async function readUserDays(
  db: Database,
  { org, leaf, after, limit }: { org: number; leaf: Leaf; after: UserDayPosition; limit: number },
): Promise<{ version: number; rows: UserDayPosition[] }> {
  const { first, last, firstMask, lastMask } = leaf;
  const [[head], rows] = await db.orm.batch([
    versionOf(db, org),
    db.orm.all<UserDayPosition>(sql`SELECT day, user FROM user_days
      WHERE org = ${org} AND (day, user) > (${after.day}, ${after.user}) AND day <= ${last}
        AND (day > ${first} OR morning & ${firstMask.morning} OR evening & ${firstMask.evening})
        AND (day < ${last} OR morning & ${lastMask.morning} OR evening & ${lastMask.evening})
      ORDER BY day, user LIMIT ${limit}`),
  ]);
  return { version: head?.version ?? 0, rows };
}

export interface SketchRow {
  period: number;
  start: number;
  users: number;
  sketch: Uint8Array;
  /** The organisation's when it was read. */
  version: number;
}

/** Keeps sketches; an older one never replaces a newer. One round trip. */
export async function writeSketches(
  db: Database,
  { org, zone, rows }: { org: number; zone: string; rows: readonly SketchRow[] },
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(
    (row) => sql`(${org}, ${zone}, ${row.period}, ${row.start}, ${row.users}, ${row.sketch}, ${row.version})`,
  );
  await db.orm.run(sql`INSERT INTO ${activeSketches} (org, zone, period, start, users, sketch, version)
    VALUES ${sql.join(values, sql`, `)} ${REPLACE}`);
}

const REPLACE = sql`ON CONFLICT (org, zone, period, start) DO UPDATE
  SET users = excluded.users, sketch = excluded.sketch, version = excluded.version WHERE excluded.version >= version`;

/**
 * Notes that all of a zone is kept as of a version, and the last day it was asked for; moves the organisation on where
 * answers may be better than before.
 */
export async function finishSketches(
  db: Database,
  done: { org: number; zone: string; version: number; askedDay: number; isChanged: boolean },
): Promise<void> {
  const { org, zone, version, askedDay, isChanged } = done;
  await db.orm.batch([
    db.orm.run(sql`INSERT INTO ${activeSketches} (org, zone, period, start, users, sketch, version)
      VALUES (${org}, ${zone}, ${PERIODS.state}, 0, ${askedDay}, x'', ${version})
      ON CONFLICT (org, zone, period, start) DO UPDATE
      SET users = max(users, excluded.users), version = max(version, excluded.version)`),
    db.orm.run(
      sql`UPDATE ${analyticsOrgs} SET version = version + 1 WHERE org = ${org} AND ${isChanged ? 1 : 0}`,
    ),
  ]);
}

export interface OrgZone {
  org: number;
  zone: string;
}

const IS_STATE = sql.raw(`s.period = ${PERIODS.state}`);

/** Zones that are kept and fell behind. */
export function zonesBehind(limit: number): SQL {
  return sql`SELECT s.org AS org, s.zone AS zone FROM active_sketches AS s INDEXED BY active_sketches_states
    JOIN analytics_orgs AS a ON a.org = s.org WHERE ${IS_STATE} AND s.version < a.version LIMIT ${limit}`;
}

/** Organisations, of one in `parts`, that came to have many user-days lately and whose own zone is not kept. */
export function zonesToBegin(of: { since: number; userDays: number; part: number; parts: number }): SQL {
  const { since, userDays, part, parts } = of;
  return sql`SELECT a.org AS org, a.time_zone AS zone FROM analytics_orgs AS a
    WHERE a.folded_at >= ${since} AND a.org % ${parts} = ${part}
      AND NOT EXISTS (SELECT 1 FROM active_sketches AS s WHERE s.org = a.org AND s.zone = a.time_zone AND ${IS_STATE})
      AND EXISTS (SELECT 1 FROM user_days AS u WHERE u.org = a.org LIMIT 1 OFFSET ${userDays})
    LIMIT 20`;
}

/** Kept zones that nobody asked for since a day, and that are not the organisation's own. */
export function zonesForgotten(day: number): SQL {
  return sql`SELECT s.org AS org, s.zone AS zone FROM active_sketches AS s INDEXED BY active_sketches_states
    JOIN analytics_orgs AS a ON a.org = s.org WHERE ${IS_STATE} AND s.users < ${day} AND s.zone <> a.time_zone LIMIT 5`;
}

export function readZones(db: Database, query: SQL): Promise<OrgZone[]> {
  return db.orm.all<OrgZone>(query);
}

export async function dropZone(db: Database, { org, zone }: OrgZone): Promise<void> {
  await db.orm.run(sql`DELETE FROM ${activeSketches} WHERE org = ${org} AND zone = ${zone}`);
}
