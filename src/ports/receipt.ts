import type { CpuClass } from "../domain/budget.ts";

/** What answered a look into a cache; `fill`: nothing did, and the value was made. */
export type LookupTier = "memory" | "edge" | "kv" | "fill";

/** One look into a cache: which kind of values, and what gave it. */
export interface CacheLookup {
  name: string;
  tier: LookupTier;
  /** Older than fresh; it was served meanwhile. */
  isStale: boolean;
}

/**
 * What one invocation spent, what it does after its response included; shown in the answer's headers up to then, and in
 * logs and metrics. Times in milliseconds. Attempts count, whether they succeed or fail.
 */
export interface Receipt {
  dbTrips: number;
  dbMs: number;
  /** Rows that statements gave. */
  rowsRead: number;
  /** Rows that statements wrote, where the client tells. */
  rowsWritten: number;
  /** Rows of tables and indexes that were looked at, where the statement tells. */
  rowsLooked: number | null;
  kvReads: number;
  kvWrites: number;
  kvDeletes: number;
  /** Operations on objects that read (R2's class B). */
  blobReads: number;
  /** Operations on objects that write or list (class A). Deletes are free and not counted. */
  blobWrites: number;
  edgeReads: number;
  edgeWrites: number;
  /** Queue messages sent. */
  messages: number;
  /** The first sixteen looks into caches, in their order. */
  readonly lookups: CacheLookup[];
  cache: "hit" | "stale" | "miss" | null;
  /**
   * Since when the answer may have been wrong, in milliseconds since the epoch: a store is away, and this is the last that
   * was known. `null` for an answer that is as current as it ever is.
   */
  staleSince: number | null;
  searchMs: number | null;
  /** The version of the index that was searched. */
  indexVersion: string | null;
  /** What the route says of its CPU time. */
  cpu: CpuClass | null;
  /** How many of their own writes the answer shows the one who asks; `null` where it says nothing of them. */
  ownSeq: number | null;
  /** Whether the last of them is what was asked for. */
  isOwnWrite: boolean;
  /** Whether what was spent would tell a client what the answer does not. */
  isPrivate: boolean;
}

export const MAX_LOOKUPS = 16;

/** The operations that are counted, as logs and metrics name one of them. */
export const COUNTED_OPERATIONS = [
  ["kv_read", "kvReads"],
  ["kv_write", "kvWrites"],
  ["kv_delete", "kvDeletes"],
  ["blob_read", "blobReads"],
  ["blob_write", "blobWrites"],
  ["edge_read", "edgeReads"],
  ["edge_write", "edgeWrites"],
  ["message", "messages"],
] as const satisfies readonly (readonly [string, keyof Receipt])[];

export function newReceipt(): Receipt {
  return {
    dbTrips: 0,
    dbMs: 0,
    rowsRead: 0,
    rowsWritten: 0,
    rowsLooked: null,
    kvReads: 0,
    kvWrites: 0,
    kvDeletes: 0,
    blobReads: 0,
    blobWrites: 0,
    edgeReads: 0,
    edgeWrites: 0,
    messages: 0,
    lookups: [],
    cache: null,
    staleSince: null,
    searchMs: null,
    indexVersion: null,
    cpu: null,
    ownSeq: null,
    isOwnWrite: false,
    isPrivate: false,
  };
}

/** Notes what answered a look into the cache `name`. */
export function noteLookup({ lookups }: Receipt, name: string, tier: LookupTier, isStale = false): void {
  if (lookups.length < MAX_LOOKUPS) lookups.push({ name, tier, isStale });
}

/** Of an answer of several parts the oldest tells its age. */
export function noteStale(receipt: Receipt, since: number): void {
  receipt.staleSince = Math.min(receipt.staleSince ?? since, since);
}
