import { and, eq, lte, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";

/** What one attempt needs to know. */
export interface ClaimedDelivery {
  id: string;
  payload: string;
  /** This one's number: 1 for the first. */
  attempt: number;
  webhook: ReceivingWebhook;
}

export interface ReceivingWebhook {
  id: string;
  url: string;
  /** Sealed, as `oldSecret`. */
  secret: string;
  oldSecret: string | null;
  oldSecretUntil: number | null;
  disabledAt: number | null;
}

/**
 * Takes up a delivery that waits and is due at `dueBy`, until `leaseUntil`; `null` where there is none such, or another has
 * taken it up. One round trip.
 */
export async function claimDelivery(
  db: Database,
  { id, dueBy, leaseUntil }: { id: string; dueBy: number; leaseUntil: number },
): Promise<ClaimedDelivery | null> {
  const isDue = and(
    eq(webhookDeliveries.id, id),
    eq(webhookDeliveries.state, "waiting"),
    lte(webhookDeliveries.dueAt, dueBy),
  );
  const claim = db.orm
    .update(webhookDeliveries)
    .set({ attempts: sql`${webhookDeliveries.attempts} + 1`, dueAt: leaseUntil })
    .where(isDue)
    .returning({ payload: webhookDeliveries.payload, attempt: webhookDeliveries.attempts });
  const receiver = db.orm
    .select({
      id: webhooks.id,
      url: webhooks.url,
      secret: webhooks.secret,
      oldSecret: webhooks.oldSecret,
      oldSecretUntil: webhooks.oldSecretUntil,
      disabledAt: webhooks.disabledAt,
    })
    .from(webhooks)
    .innerJoin(webhookDeliveries, eq(webhookDeliveries.webhookId, webhooks.id))
    .where(eq(webhookDeliveries.id, id));
  const [[claimed], [webhook]] = await db.orm.batch([claim, receiver]);
  return claimed === undefined || webhook === undefined ? null : { id, ...claimed, webhook };
}

/** How an attempt went, and what follows of it. */
export interface Attempted {
  id: string;
  webhookId: string;
  attempt: number;
  now: number;
  status: number | null;
  error: string | null;
  /** When the next is due; `null` where there is none. */
  retryAt: number | null;
  /** Disables the webhook for this reason: at once, or only where it has been failing since before `failingSince`. */
  disable: { reason: string; failingSince: number | null } | null;
}

/** Notes an attempt's outcome, unless another attempt has begun since. One round trip. */
export async function settleAttempt(db: Database, attempted: Attempted): Promise<void> {
  const { id, attempt, now, status, error, retryAt } = attempted;
  const isOwn = sql`EXISTS (SELECT 1 FROM webhook_deliveries AS own WHERE own.id = ${id} AND own.attempts = ${attempt} AND own.state = 'waiting')`;
  const hook = db.orm
    .update(webhooks)
    .set(error === null ? { failingSince: null } : failed(attempted))
    .where(and(eq(webhooks.id, attempted.webhookId), isOwn));
  const delivery = db.orm
    .update(webhookDeliveries)
    .set({
      lastStatus: status,
      lastError: error,
      ...(retryAt === null
        ? { state: error === null ? ("delivered" as const) : ("failed" as const), endedAt: now }
        : { dueAt: retryAt }),
    })
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.attempts, attempt),
        eq(webhookDeliveries.state, "waiting"),
      ),
    );
  await db.orm.batch([hook, delivery]);
}

function failed({ now, disable }: Attempted) {
  const failingSince = sql`coalesce(${webhooks.failingSince}, ${now})`;
  if (disable === null) return { failingSince };
  const isOver: SQL =
    disable.failingSince === null
      ? sql`${webhooks.disabledAt} IS NULL`
      : sql`${webhooks.disabledAt} IS NULL AND ${webhooks.failingSince} <= ${disable.failingSince}`;
  return {
    failingSince,
    disabledAt: sql`CASE WHEN ${isOver} THEN ${now} ELSE ${webhooks.disabledAt} END`,
    disabledReason: sql`CASE WHEN ${isOver} THEN ${disable.reason} ELSE ${webhooks.disabledReason} END`,
  };
}

/** Ends a delivery without an attempt's outcome: its webhook is not blamed. */
export async function endDelivery(
  db: Database,
  { id, attempt, now, error }: { id: string; attempt: number; now: number; error: string },
): Promise<void> {
  await db.orm
    .update(webhookDeliveries)
    .set({ state: "failed", attempts: attempt - 1, lastStatus: null, lastError: error, endedAt: now })
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.attempts, attempt)));
}

/** Waiting deliveries that should have been taken up before `dueBefore`, made due anew at `now`: their ids. */
export async function takeOverdue(
  db: Database,
  { dueBefore, now, limit }: { dueBefore: number; now: number; limit: number },
): Promise<string[]> {
  const taken = await db.orm
    .update(webhookDeliveries)
    .set({ dueAt: now })
    .where(sql`rowid IN ${overdueQuery(db, { dueBefore, limit })}`)
    .returning({ id: webhookDeliveries.id });
  return taken.map(({ id }) => id);
}

export function overdueQuery(db: Database, { dueBefore, limit }: { dueBefore: number; limit: number }) {
  return db.orm
    .select({ rowid: sql`rowid` })
    .from(webhookDeliveries)
    .where(sql`state = 'waiting' AND ${webhookDeliveries.dueAt} < ${dueBefore}`)
    .orderBy(webhookDeliveries.dueAt)
    .limit(limit);
}

/** Deletes deliveries that ended before `endedBefore`, at most `limit`; how many. */
export async function deleteEnded(
  db: Database,
  { endedBefore, limit }: { endedBefore: number; limit: number },
): Promise<number> {
  const { rowsAffected } = await db.orm
    .delete(webhookDeliveries)
    .where(sql`rowid IN ${endedQuery(db, { endedBefore, limit })}`);
  return rowsAffected;
}

export function endedQuery(db: Database, { endedBefore, limit }: { endedBefore: number; limit: number }) {
  return db.orm
    .select({ rowid: sql`rowid` })
    .from(webhookDeliveries)
    .where(sql`${webhookDeliveries.endedAt} IS NOT NULL AND ${webhookDeliveries.endedAt} < ${endedBefore}`)
    .limit(limit);
}
