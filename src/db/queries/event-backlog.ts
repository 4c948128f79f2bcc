import { asc, eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { eventBatches } from "../schema/analytics.ts";

export interface PendingBatch {
  id: string;
  /** What folding it costs, in events. */
  size: number;
}

/** Batches that wait to be folded in, the oldest first. */
export function readPendingBatches(db: Database, org: number, limit: number): Promise<PendingBatch[]> {
  return pendingBatchesQuery(db, org, limit);
}

export function pendingBatchesQuery(db: Database, org: number, limit: number) {
  return db.orm
    .select({ id: eventBatches.id, size: eventBatches.size })
    .from(eventBatches)
    .where(eq(eventBatches.org, org))
    .orderBy(asc(eventBatches.id))
    .limit(limit);
}

/** Organisations whose oldest pending batch came before `before`. */
export async function orgsWithBacklog(db: Database, before: number): Promise<number[]> {
  const rows = await db.orm.all<{ org: number }>(backlogQuery(before));
  return rows.map(({ org }) => org);
}

/** Steps from organisation to organisation over the index, however many batches each has. */
export function backlogQuery(before: number) {
  return sql`WITH RECURSIVE pending(org) AS (
      SELECT min(org) FROM ${eventBatches}
      UNION ALL
      SELECT (SELECT min(b.org) FROM ${eventBatches} AS b WHERE b.org > pending.org) FROM pending WHERE pending.org IS NOT NULL
    )
    SELECT org FROM pending WHERE org IS NOT NULL
      AND (SELECT b.created_at FROM ${eventBatches} AS b WHERE b.org = pending.org ORDER BY b.id LIMIT 1) < ${before}`;
}
