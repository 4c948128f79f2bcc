import { and, asc, desc, eq, gt, isNull, lt, lte, sql } from "drizzle-orm";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { deadLetters, outbox } from "../schema/jobs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { insertJobIf } from "./outbox.ts";

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

export interface DeadLetterPage {
  before: string | null;
  limit: number;
  /** Of this kind alone. */
  kind?: string;
  /** Kept no later than this, in milliseconds since the epoch. */
  until?: number;
}

/** Waiting dead letters, the newest first, by keyset: at most `limit` before the id `before`. */
export async function listDeadLetters(db: Database, page: DeadLetterPage): Promise<DeadLetterRow[]> {
  const { before, kind, until } = page;
  return db.orm
    .select()
    .from(deadLetters)
    .where(
      and(
        isNull(deadLetters.redrivenAt),
        before === null ? undefined : lt(deadLetters.id, before),
        kind === undefined ? undefined : eq(deadLetters.kind, kind),
        until === undefined ? undefined : lte(deadLetters.createdAt, until),
      ),
    )
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

export interface Redrive {
  /** Of the dead letter. */
  id: string;
  now: number;
  /** What does it again. */
  job: Job;
  audit: AuditLine;
}

/**
 * Marks dead letters as redriven and writes the jobs that do so into the outbox, of each both or neither; the ids of those
 * that waited still. One round trip.
 */
export async function redriveDeadLetterRows(db: Database, redrives: readonly Redrive[]): Promise<string[]> {
  const [first, ...others] = redrives.flatMap((redrive) => redriveStatements(db, redrive));
  if (first === undefined) return [];
  const results: unknown[] = await db.orm.batch([first, ...others]);
  return results.flatMap((rows) => (Array.isArray(rows) ? rows.map(({ id }: { id: string }) => id) : []));
}

/** Of these the update alone answers with rows: one, where the letter waited. */
function redriveStatements(db: Database, { id, now, job, audit }: Redrive) {
  const waits = sql`EXISTS (SELECT 1 FROM ${deadLetters} WHERE id = ${id} AND redriven_at IS NULL)`;
  return [
    insertJobIf(db, job, now, waits),
    db.orm
      .update(deadLetters)
      .set({ redrivenAt: now })
      .where(and(eq(deadLetters.id, id), isNull(deadLetters.redrivenAt)))
      .returning({ id: deadLetters.id }),
    auditStatement(db, null, audit),
  ] as const;
}

/** How many wait of each kind, of the first 10,000. */
export async function countDeadLetters(db: Database): Promise<{ kind: string; count: number }[]> {
  return db.orm
    .select({ kind: sql<string>`kind`, count: sql<number>`count(*)` })
    .from(sql`(SELECT kind FROM ${deadLetters} WHERE redriven_at IS NULL LIMIT 10000)`)
    .groupBy(sql`kind`)
    .orderBy(sql`count(*) DESC, kind`);
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
