import { isNull, min } from "drizzle-orm";
import type { Database } from "../client.ts";
import { outbox } from "../schema/jobs.ts";

/** When the oldest job that has not reached the queue was written, in milliseconds since the epoch; `null` without any. */
export async function oldestUnsentJob(db: Database): Promise<number | null> {
  const [row] = await db.orm
    .select({ createdAt: min(outbox.createdAt) })
    .from(outbox)
    .where(isNull(outbox.sentAt));
  return row?.createdAt ?? null;
}
