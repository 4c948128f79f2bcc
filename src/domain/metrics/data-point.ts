/** What an invocation was, for questions that sums cannot answer. Texts and numbers are columns by their place: append only. */
export interface DataPoint {
  /** What a store that samples goes by: it keeps some of each. A route's pattern, or a kind of job. */
  index: string;
  texts: readonly string[];
  numbers: readonly number[];
}

export interface RequestFacts {
  method: string;
  /** A pattern. */
  route: string;
  status: number;
  cache: string | null;
  indexVersion: string | null;
  ms: number;
  dbTrips: number;
  dbMs: number;
  rowsRead: number;
  rowsWritten: number;
  kv: number;
  blobs: number;
  messages: number;
  searchMs: number | null;
}

export interface RunFacts {
  kind: string;
  outcome: string;
  ms: number;
  ageMs: number | null;
}

/** Columns of requests and of jobs: `blob1`, `blob2` … and `double1`, `double2` … */
export const REQUEST_COLUMNS = {
  texts: ["type", "method", "route", "status", "cache", "index_version"],
  numbers: ["ms", "db_trips", "db_ms", "rows_read", "rows_written", "kv", "blobs", "messages", "search_ms"],
} as const;
export const JOB_COLUMNS = { texts: ["type", "kind", "outcome"], numbers: ["ms", "age_ms"] } as const;

export function requestPoint(facts: RequestFacts): DataPoint {
  const { method, route, status, cache, indexVersion } = facts;
  return {
    index: route,
    texts: ["request", method, route, String(status), cache ?? "", indexVersion ?? ""],
    numbers: [
      facts.ms,
      facts.dbTrips,
      facts.dbMs,
      facts.rowsRead,
      facts.rowsWritten,
      facts.kv,
      facts.blobs,
      facts.messages,
      facts.searchMs ?? 0,
    ],
  };
}

export function jobPoint({ kind, outcome, ms, ageMs }: RunFacts): DataPoint {
  return { index: kind, texts: ["job", kind, outcome], numbers: [ms, ageMs ?? 0] };
}
