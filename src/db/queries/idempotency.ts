import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { idempotencyKeys } from "../schema/idempotency.ts";

const KEPT_MS = 24 * 3_600_000;
/** A claim without an answer this old belongs to a request that died. */
const CLAIM_MS = 60_000;
const GIVEN_BACK = "0";
const PURGE_LIMIT = 1_000;

export interface IdempotencyClaim {
  /** Whose key it is: keys of two actors never meet. */
  actor: string;
  key: string;
  bodyHash: string;
  now: number;
}

export type ClaimResult =
  /** `since`: when the key was first taken, by this request or an earlier one that had no answer. */
  | { state: "new"; since: number }
  | { state: "replay"; status: number; answer: string }
  /** The key was used with another body. */
  | { state: "conflict" }
  | { state: "in_progress" };

function ofKey({ actor, key }: Pick<IdempotencyClaim, "actor" | "key">) {
  return and(eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key));
}

/** Of an earlier request that had no answer, the row stays: what it may have done goes by when the key was first taken. */
function takeStatement(db: Database, { actor, key, bodyHash, now }: IdempotencyClaim) {
  const until = String(now + CLAIM_MS);
  const isFree = sql`cast(coalesce(${idempotencyKeys.answer}, ${idempotencyKeys.createdAt} + ${CLAIM_MS}) AS integer) < ${now}`;
  return db.orm
    .insert(idempotencyKeys)
    .values({ actor, key, bodyHash, answer: until, createdAt: now })
    .onConflictDoUpdate({
      target: [idempotencyKeys.actor, idempotencyKeys.key],
      set: { answer: until },
      setWhere: and(isNull(idempotencyKeys.status), eq(idempotencyKeys.bodyHash, bodyHash), isFree),
    })
    .returning({ since: idempotencyKeys.createdAt });
}

/** Takes a key for one request, or says what became of it before. One round trip; of two at once, one is `new`. */
export async function claimIdempotencyKey(db: Database, claim: IdempotencyClaim): Promise<ClaimResult> {
  const { now } = claim;
  const [, taken, found] = await db.orm.batch([
    db.orm.delete(idempotencyKeys).where(and(ofKey(claim), lt(idempotencyKeys.createdAt, now - KEPT_MS))),
    takeStatement(db, claim),
    db.orm
      .select({
        bodyHash: idempotencyKeys.bodyHash,
        status: idempotencyKeys.status,
        answer: idempotencyKeys.answer,
      })
      .from(idempotencyKeys)
      .where(ofKey(claim)),
  ]);
  if (taken.length > 0) return { state: "new", since: taken[0].since };
  const [row] = found;
  if (row.bodyHash !== claim.bodyHash) return { state: "conflict" };
  if (row.status === null) return { state: "in_progress" };
  return { state: "replay", status: row.status, answer: row.answer ?? "" };
}

export interface IdempotentAnswer {
  actor: string;
  key: string;
  /** HTTP status. */
  status: number;
  /** What is replayed; it may hold a secret, so give it sealed. */
  answer: string;
}

export async function saveIdempotentAnswer(db: Database, saved: IdempotentAnswer): Promise<void> {
  await db.orm
    .update(idempotencyKeys)
    .set({ status: saved.status, answer: saved.answer })
    .where(and(ofKey(saved), isNull(idempotencyKeys.status)));
}

/** Gives a claimed key back after a failure that may be retried, by the same request. An answered key stays. */
export async function releaseIdempotencyKey(
  db: Database,
  claim: Pick<IdempotencyClaim, "actor" | "key">,
): Promise<void> {
  await db.orm
    .update(idempotencyKeys)
    .set({ answer: GIVEN_BACK })
    .where(and(ofKey(claim), isNull(idempotencyKeys.status)));
}

/** Forgets keys older than 24 h, the oldest first, at most 1,000. Returns how many. */
export async function purgeIdempotencyKeys(db: Database, now: number): Promise<number> {
  const old = db.orm
    .select({ rowid: sql`rowid` })
    .from(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, now - KEPT_MS))
    .orderBy(idempotencyKeys.createdAt)
    .limit(PURGE_LIMIT);
  const result = await db.orm.delete(idempotencyKeys).where(sql`rowid IN ${old}`);
  return result.rowsAffected;
}
