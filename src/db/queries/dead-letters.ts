import { and, asc, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { deadLetters, outbox } from "../schema/jobs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { originOf } from "./outbox.ts";

export type DeadLetterRow = typeof deadLetters.$inferSelect;

/** Keeps a dead letter once, by its id; `false` where it is there and has been redriven already. One round trip. */
export async function insertDeadLetter(
  db: Database,
  row: Omit<DeadLetterRow, "redrivenAt">,
): Promise<boolean> {
  const [, waiting] = await db.orm.batch([
    db.orm.insert(deadLetters).values(row).onConflictDoNothing(),
    db.orm
      .select({ id: deadLetters.id })
      .from(deadLetters)
      .where(and(eq(deadLetters.id, row.id), isNull(deadLetters.redrivenAt))),
  ]);
  return waiting.length > 0;
}

/** Waiting dead letters, the newest first, by keyset: at most `limit` before the id `before`. */
export async function listDeadLetters(
  db: Database,
  page: { before: string | null; limit: number },
): Promise<DeadLetterRow[]> {
  const waiting = isNull(deadLetters.redrivenAt);
  return db.orm
    .select()
    .from(deadLetters)
    .where(page.before === null ? waiting : and(waiting, lt(deadLetters.id, page.before)))
    .orderBy(desc(deadLetters.id))
    .limit(page.limit);
}

/** A dead letter that waits under this id. */
export async function findDeadLetter(db: Database, id: string): Promise<DeadLetterRow | undefined> {
  return db.orm
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.id, id), isNull(deadLetters.redrivenAt)))
    .get();
}

/**
 * Marks a dead letter as redriven and writes the job that does so into the outbox, both or neither; `false` where it does
 * not wait any more. One round trip.
 */
export async function redriveDeadLetterRow(
  db: Database,
  { id, now, job, audit }: { id: string; now: number; job: Job; audit: AuditLine },
): Promise<boolean> {
  const waits = sql`EXISTS (SELECT 1 FROM ${deadLetters} WHERE id = ${id} AND redriven_at IS NULL)`;
  const payload = JSON.stringify(job.payload);
  const [, redriven] = await db.orm.batch([
    db.orm
      .insert(outbox)
      .select(sql`SELECT ${job.id}, ${job.kind}, ${payload}, ${now}, NULL, ${originOf(db)} WHERE ${waits}`),
    db.orm
      .update(deadLetters)
      .set({ redrivenAt: now })
      .where(and(eq(deadLetters.id, id), isNull(deadLetters.redrivenAt)))
      .returning({ id: deadLetters.id }),
    auditStatement(db, null, audit),
  ]);
  return redriven.length > 0;
}

export interface Backlog {
  /** Jobs written and not yet handed to the queue, counted up to 10,000. */
  outbox: number;
  /** When the oldest of them was written, in milliseconds since the epoch. */
  oldestAt: number | null;
  /** Dead letters waiting, counted up to 10,000. */
  deadLetters: number;
}

/** What waits to be done: one round trip. */
export async function readBacklog(db: Database): Promise<Backlog> {
  const [unsent, oldest, dead] = await db.orm.batch([
    db.orm
      .select({ count: sql<number>`count(*)` })
      .from(sql`(SELECT 1 FROM ${outbox} WHERE sent_at IS NULL LIMIT 10000)`),
    db.orm
      .select({ createdAt: outbox.createdAt })
      .from(outbox)
      .where(and(isNull(outbox.sentAt), gt(outbox.id, "")))
      .orderBy(asc(outbox.id))
      .limit(1),
    db.orm
      .select({ count: sql<number>`count(*)` })
      .from(sql`(SELECT 1 FROM ${deadLetters} WHERE redriven_at IS NULL LIMIT 10000)`),
  ]);
  return {
    outbox: unsent[0]?.count ?? 0,
    oldestAt: oldest[0]?.createdAt ?? null,
    deadLetters: dead[0]?.count ?? 0,
  };
}
