import { and, asc, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { outbox } from "../schema/jobs.ts";

const PURGE_LIMIT = 1_000;

/** A write that may need a job, and the id it then has. */
export interface Queueing {
  now: number;
  jobId: string;
  /** As `originOf` gives it. */
  origin: string | null;
}

/** For the column of the same name. */
export function originOf({ origin }: Database): string | null {
  return origin === undefined ? null : JSON.stringify(origin);
}

/** Writes a job for `origin` of the database if `condition` holds. */
export function insertJobIf(db: Database, { id, kind, payload }: Job, now: number, condition: SQL) {
  return db.orm
    .insert(outbox)
    .select(
      sql`SELECT ${id}, ${kind}, ${JSON.stringify(payload)}, ${now}, NULL, ${originOf(db)} WHERE ${condition}`,
    );
}

/** What a write left for the queue. */
export interface Unsent {
  unsent: Job[];
}

/** As `RETURNED_JOB` gives it. */
export interface JobRow {
  id: string;
  kind: string;
  payload: string;
}

/** Behind a statement that writes a job where one is needed. */
export const RETURNED_JOB: SQL = sql`RETURNING id AS "id", kind AS "kind", payload AS "payload"`;

export function jobOf({ id, kind, payload }: JobRow): Job {
  return { id, kind, payload: JSON.parse(payload) as Job["payload"] };
}

/** Jobs that have not reached the queue, the oldest first. */
export async function readUnsentJobs(db: Database, limit: number): Promise<Job[]> {
  const rows = await unsentJobsQuery(db, limit);
  return rows.map(({ origin, ...job }) => (origin === null ? job : { ...job, origin }));
}

/** All of them, or those for which `condition` holds as well. */
export function unsentJobsQuery(db: Database, limit: number, condition?: SQL) {
  return db.orm
    .select({ id: outbox.id, kind: outbox.kind, payload: outbox.payload, origin: outbox.origin })
    .from(outbox)
    .where(and(isNull(outbox.sentAt), condition))
    .orderBy(asc(outbox.id))
    .limit(limit);
}

/** Marks jobs sent and forgets, at most 1,000 at a time, those sent before `forgetBefore`. One round trip. */
export async function markJobsSent(
  db: Database,
  { ids, now, forgetBefore }: { ids: readonly string[]; now: number; forgetBefore: number },
): Promise<void> {
  const old = db.orm
    .select({ rowid: sql`rowid` })
    .from(outbox)
    .where(and(isNotNull(outbox.sentAt), lt(outbox.sentAt, forgetBefore)))
    .limit(PURGE_LIMIT);
  await db.orm.batch([
    db.orm
      .update(outbox)
      .set({ sentAt: now })
      .where(inArray(outbox.id, [...ids])),
    db.orm.delete(outbox).where(sql`rowid IN ${old}`),
  ]);
}
