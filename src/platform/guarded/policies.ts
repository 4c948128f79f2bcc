import type { Dependency } from "../../domain/breaker.ts";
import type { GuardPolicy } from "./guard.ts";

/** Somebody waits for a request's answer; a job may take its time. */
export type Waiting = "request" | "job";
export type Patience = Readonly<Record<Dependency, GuardPolicy>>;

const NEVER = Number.POSITIVE_INFINITY;

/** Turso itself ends a transaction after 5 s. Caches are worth less than their wait. */
const REQUEST: Patience = {
  "database-read": { timeoutMs: 2_000, slowMs: 1_000 },
  "database-write": { timeoutMs: 5_000, slowMs: 2_000 },
  kv: { timeoutMs: 500, slowMs: 300 },
  "edge-cache": { timeoutMs: 250, slowMs: 150 },
  blobs: { timeoutMs: 5_000, slowMs: 3_000 },
  queue: { timeoutMs: 2_000, slowMs: 1_000 },
};

const JOB: Patience = {
  "database-read": { timeoutMs: 30_000, slowMs: NEVER },
  "database-write": { timeoutMs: 30_000, slowMs: NEVER },
  kv: { timeoutMs: 2_000, slowMs: NEVER },
  "edge-cache": { timeoutMs: 1_000, slowMs: NEVER },
  blobs: { timeoutMs: 30_000, slowMs: NEVER },
  queue: { timeoutMs: 10_000, slowMs: NEVER },
};

export function patienceOf(waiting: Waiting): Patience {
  return waiting === "job" ? JOB : REQUEST;
}

/** The longest that a request to the database is let go on, at which its connection is cut. */
export function databaseTimeoutMs(patience: Patience): number {
  return Math.max(patience["database-read"].timeoutMs, patience["database-write"].timeoutMs);
}
