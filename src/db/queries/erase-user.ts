import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { analyticsOrgs, erasedUsers, orgUsers } from "../schema/analytics.ts";
import { outbox } from "../schema/jobs.ts";
import { organisations } from "../schema/orgs.ts";
import {
  hasEvents,
  removeEvents,
  removeUser,
  stampRemoval,
  uncountBots,
  uncountSlots,
  uncountUser,
  uncountViews,
} from "./event-removal.ts";
import type { Removal } from "./event-removal.ts";
import { auditStatement } from "./audit.ts";
import { saltsQuery } from "./experiment-sweep.ts";
import type { AuditLine } from "./audit.ts";
import { standingQuery, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";
import { originOf } from "./outbox.ts";

export interface EraseArgs {
  orgId: string;
  /** What cannot be undone goes by the present role. */
  asker: Asker;
  userId: string;
  digest: string;
  now: number;
  /** Of the job that goes on where the caller stops. */
  jobId: string;
  audit: AuditLine;
}

export interface Marked {
  standing: Standing | undefined;
  found: { org: number; user: number } | null;
  /** Of the organisation: each knows the user by a digest under its own salt. */
  experiments: { number: number; salt: string }[];
}

/**
 * Marks a user as erased, so that what they did up to now is never taken (again), takes their id and name away, and writes
 * the job that removes the rest; nothing of it where the asker may no longer. Answers the row that is to be removed, `null`
 * where there is none, and how the asker stands. One round trip.
 */
export async function markErased(db: Database, args: EraseArgs): Promise<Marked> {
  const results = await db.orm.batch([
    db.orm.run(ensureOrg(args)),
    db.orm.run(rememberErasure(args)),
    auditStatement(db, args.orgId, args.audit),
    db.orm.run(hideUser(args)),
    db.orm.run(insertEraseJob(db, args)),
    db.orm.all<{ org: number; user: number }>(hiddenUserQuery(args)),
    standingQuery(db, args.orgId, args.asker),
    saltsQuery(db, args.orgId),
  ]);
  return { standing: results[6][0], found: results[5][0] ?? null, experiments: results[7] };
}

function mayErase({ orgId, asker }: Pick<EraseArgs, "orgId" | "asker">): SQL {
  return sql`${organisations.id} = ${orgId} AND ${stillAllowed(asker, sql`organisations.id`)}`;
}

function orgOf(args: EraseArgs): SQL {
  return sql`(SELECT number FROM ${organisations} WHERE ${mayErase(args)})`;
}

function ensureOrg(args: EraseArgs): SQL {
  return sql`INSERT INTO ${analyticsOrgs} (org) SELECT number FROM ${organisations} WHERE ${mayErase(args)} ON CONFLICT DO NOTHING`;
}

/** Up to now, or to the user's newest event where a clock was ahead. */
function rememberErasure(args: EraseArgs): SQL {
  const newest = sql`(SELECT last_activity FROM ${orgUsers} WHERE org = ${orgOf(args)} AND id = ${args.userId})`;
  return sql`INSERT INTO ${erasedUsers} (org, digest, erased_at)
    SELECT number, ${args.digest}, max(${args.now}, coalesce(${newest}, 0)) FROM ${organisations} WHERE ${mayErase(args)}
    ON CONFLICT (org, digest) DO UPDATE SET erased_at = max(erased_at, excluded.erased_at)`;
}

/** No id holds a control character, so this one is nobody's; the digest's first use is told from a later one by its row. */
function hiddenId({ jobId }: EraseArgs): string {
  return `\u0001${jobId}`;
}

function hideUser(args: EraseArgs): SQL {
  return sql`UPDATE ${orgUsers} SET id = ${hiddenId(args)}, name = NULL, sort_name = '', is_anonymous = 1
    WHERE org = ${orgOf(args)} AND id = ${args.userId}`;
}

function hiddenUserQuery(args: EraseArgs): SQL {
  return sql`SELECT org, number AS user FROM ${orgUsers} WHERE org = ${orgOf(args)} AND id = ${hiddenId(args)}`;
}

function insertEraseJob(db: Database, args: EraseArgs): SQL {
  return sql`INSERT INTO ${outbox} (id, kind, payload, created_at, origin)
    SELECT ${args.jobId}, 'events.erase', json_object('org', org, 'user', number), ${args.now}, ${originOf(db)} FROM ${orgUsers}
    WHERE org = ${orgOf(args)} AND id = ${hiddenId(args)}`;
}

/** Removes some of a user's events with all they count for, and with the last of them the user. Answers whether any are left. */
export async function removeSome(db: Database, removal: Removal): Promise<boolean> {
  const statements = [
    ...stampRemoval(removal),
    uncountUser(removal),
    ...uncountSlots(removal),
    ...uncountBots(removal),
    ...uncountViews(removal, 0),
    ...uncountViews(removal, 1),
    ...removeUser(removal),
    removeEvents(removal),
  ].map((statement) => db.orm.run(statement));
  const results = await db.orm.batch([
    db.orm.run(sql`SELECT 1`),
    ...statements,
    db.orm.all<{ remaining: number }>(hasEvents(removal)),
  ]);
  const last = results.at(-1) as { remaining: number }[];
  return last[0]?.remaining === 1;
}
