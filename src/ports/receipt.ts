/** What one invocation spent; shown in `Server-Timing` and logs. Times in milliseconds. */
export interface Receipt {
  dbTrips: number;
  dbMs: number;
  rowsRead: number;
  cache: "hit" | "stale" | "miss" | null;
  searchMs: number | null;
}

export function newReceipt(): Receipt {
  return { dbTrips: 0, dbMs: 0, rowsRead: 0, cache: null, searchMs: null };
}
