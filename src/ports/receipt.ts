/** What one invocation spent; shown in `Server-Timing` and logs. Times in milliseconds. */
export interface Receipt {
  dbTrips: number;
  dbMs: number;
  rowsRead: number;
  /** Rows of tables and indexes that were looked at, where the statement tells. */
  rowsLooked: number | null;
  cache: "hit" | "stale" | "miss" | null;
  searchMs: number | null;
  /** How many of their own writes the answer shows the one who asks; `null` where it says nothing of them. */
  ownSeq: number | null;
  /** Whether the last of them is what was asked for. */
  isOwnWrite: boolean;
  /** Whether what was spent would tell a client what the answer does not. */
  isPrivate: boolean;
}

export function newReceipt(): Receipt {
  return {
    dbTrips: 0,
    dbMs: 0,
    rowsRead: 0,
    rowsLooked: null,
    cache: null,
    searchMs: null,
    ownSeq: null,
    isOwnWrite: false,
    isPrivate: false,
  };
}
