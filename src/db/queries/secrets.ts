import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { AnyColumn, SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { sessions } from "../schema/accounts.ts";
import { idempotencyKeys } from "../schema/idempotency.ts";
import { secretKeys } from "../schema/secrets.ts";
import { webhooks } from "../schema/webhooks.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";

/** Nobody waits for an exact number above it. */
const MOST = 10_000;

/** Notes when a secret was first signed with; again changes nothing. */
export async function noteSecret(db: Database, { id, now }: { id: string; now: number }): Promise<void> {
  await db.orm.insert(secretKeys).values({ id, firstSeenAt: now }).onConflictDoNothing();
}

/** Whether a value is sealed by another secret than the one whose values begin with `prefix`. */
function isStale(column: AnyColumn, prefix: string): SQL {
  return sql`substr(${column}, 1, ${prefix.length}) <> ${prefix}`;
}

function isStaleWebhook(prefix: string): SQL {
  return sql`(${isStale(webhooks.secret, prefix)} OR coalesce(${isStale(webhooks.oldSecret, prefix)}, false))`;
}

function isStaleAnswer(prefix: string): SQL {
  return sql`(${idempotencyKeys.status} IS NOT NULL AND coalesce(${isStale(idempotencyKeys.answer, prefix)}, false))`;
}

export interface SecretUse {
  /** When the present secret was first signed with; `null` where no tick has noted it yet. */
  since: number | null;
  /** Sessions that were made before and have not ended, counted up to 10,000. */
  sessions: number;
  /** When the last of them ends. */
  lastSessionEndsAt: number | null;
  webhooks: number;
  answers: number;
}

export interface SecretUseArgs {
  /** Of the present secret. */
  id: string;
  /** What its sealed values begin with. */
  prefix: string;
  now: number;
  /** How long after its first use another isolate may have signed with the one before. */
  marginMs: number;
}

/** What still needs a secret before the present one. One round trip. */
export async function readSecretUse(db: Database, args: SecretUseArgs): Promise<SecretUse> {
  const { id, prefix, now, marginMs } = args;
  const since = sql`(SELECT first_seen_at FROM ${secretKeys} WHERE id = ${id})`;
  const older = sql`${sessions.expiresAt} > ${now} AND ${sessions.createdAt} < ${since} + ${marginMs}`;
  const counted = (from: SQL) => db.orm.select({ n: sql<number>`count(*)` }).from(from);
  const [[known], [made], [last], [hooks], [answers]] = await db.orm.batch([
    db.orm.select({ since: sql<number | null>`${since}` }).from(sql`(SELECT 1)`),
    counted(sql`(SELECT 1 FROM ${sessions} WHERE ${older} LIMIT ${MOST})`),
    db.orm
      .select({ at: sql<number | null>`max(${sessions.expiresAt})` })
      .from(sessions)
      .where(older),
    counted(sql`(SELECT 1 FROM ${webhooks} WHERE ${isStaleWebhook(prefix)} LIMIT ${MOST})`),
    counted(sql`(SELECT 1 FROM ${idempotencyKeys} WHERE ${isStaleAnswer(prefix)} LIMIT ${MOST})`),
  ]);
  return {
    since: known?.since ?? null,
    sessions: made?.n ?? 0,
    lastSessionEndsAt: last?.at ?? null,
    webhooks: hooks?.n ?? 0,
    answers: answers?.n ?? 0,
  };
}

export interface SealedPage {
  prefix: string;
  /** The last webhook, and the last kept answer, of the page before. */
  afterWebhook: string;
  afterAnswer: { actor: string; key: string };
  limit: number;
}

export interface SealedRows {
  webhooks: { id: string; secret: string; oldSecret: string | null }[];
  answers: { actor: string; key: string; answer: string }[];
}

/** Values that another secret sealed, at most `limit` of each kind. One round trip. */
export async function readStale(db: Database, page: SealedPage): Promise<SealedRows> {
  const { actor, key } = page.afterAnswer;
  const [hooks, answers] = await db.orm.batch([
    db.orm
      .select({ id: webhooks.id, secret: webhooks.secret, oldSecret: webhooks.oldSecret })
      .from(webhooks)
      .where(and(gt(webhooks.id, page.afterWebhook), isStaleWebhook(page.prefix)))
      .orderBy(asc(webhooks.id))
      .limit(page.limit),
    db.orm
      .select({
        actor: idempotencyKeys.actor,
        key: idempotencyKeys.key,
        answer: sql<string>`${idempotencyKeys.answer}`,
      })
      .from(idempotencyKeys)
      .where(sql`(actor, key) > (${actor}, ${key}) AND ${isStaleAnswer(page.prefix)}`)
      .orderBy(asc(idempotencyKeys.actor), asc(idempotencyKeys.key))
      .limit(page.limit),
  ]);
  return { webhooks: hooks, answers };
}

/** A value sealed anew, with what it was: one that was changed meanwhile is left alone. */
export type ResealedWebhook = SealedRows["webhooks"][number] & { was: string };
export type ResealedAnswer = SealedRows["answers"][number] & { was: string };

/** One round trip. */
export async function writeResealed(
  db: Database,
  resealed: { webhooks: readonly ResealedWebhook[]; answers: readonly ResealedAnswer[] },
  audit: AuditLine,
): Promise<void> {
  const hooks = resealed.webhooks.map(({ id, secret, oldSecret, was }) =>
    db.orm
      .update(webhooks)
      .set({ secret, oldSecret })
      .where(and(eq(webhooks.id, id), eq(webhooks.secret, was))),
  );
  const answers = resealed.answers.map(({ actor, key, answer, was }) =>
    db.orm
      .update(idempotencyKeys)
      .set({ answer })
      .where(
        and(eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key), eq(idempotencyKeys.answer, was)),
      ),
  );
  if (hooks.length + answers.length === 0) return;
  await db.orm.batch([auditStatement(db, null, audit, sql`true`), ...hooks, ...answers]);
}
