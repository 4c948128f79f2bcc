import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Value } from "../statement-texts.ts";

/** With what a write answers. */
export interface Counted {
  /** How many writes the writer has made with this one; `null` for an account that is gone. */
  ownSeq: number | null;
}

export interface SeqRow {
  seq: number;
}

/**
 * Counts a write of a person that their feed may show; it is part of that write's batch. What changed nothing counts too: the
 * answer to a write that is sent again must not be older than the first one's.
 */
export function countOwnWrite(userId: string): SQL {
  return sql`INSERT INTO own_writes (user_id, seq) SELECT users.id, 1 FROM users WHERE users.id = ${userId}
    ON CONFLICT DO UPDATE SET seq = seq + 1 RETURNING seq AS "seq"`;
}

/** Of what `countOwnWrite` returns. */
export function seqOf(rows: readonly SeqRow[]): Counted {
  return { ownSeq: rows.at(0)?.seq ?? null };
}

/** The writes counted so far, as a column of a statement that shows them. */
export function ownSeqOf(userId: Value): SQL {
  return sql`coalesce((SELECT seq FROM own_writes WHERE own_writes.user_id = ${userId}), 0)`;
}
