import { and, asc, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { deadLetters, outbox } from "../schema/jobs.ts";

export type DeadLetterRow = typeof deadLetters.$inferSelect;

/** Keeps a dead letter once: its id is that of the message, so a second delivery changes nothing. */
export async function insertDeadLetter(db: Database, row: Omit<DeadLetterRow, "redrivenAt">): Promise<void> {
  await db.orm.insert(deadLetters).values(row).onConflictDoNothing();
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

/** Marks a dead letter as redriven and gives it; `null` where none waits under this id. */
export async function takeDeadLetter(
  db: Database,
  at: { id: string; now: number },
): Promise<DeadLetterRow | null> {
  const rows = await db.orm
    .update(deadLetters)
    .set({ redrivenAt: at.now })
    .where(and(eq(deadLetters.id, at.id), isNull(deadLetters.redrivenAt)))
    .returning();
  return rows[0] ?? null;
}

/** Puts back what could not be sent. */
export async function returnDeadLetter(db: Database, id: string): Promise<void> {
  await db.orm.update(deadLetters).set({ redrivenAt: null }).where(eq(deadLetters.id, id));
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
