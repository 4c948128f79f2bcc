/**
 * How much CPU time a request may take on one core of a data centre's machine, in milliseconds: what nearly all requests
 * (p95) of a route in this class stay below, once their code is warm.
 */
export const CPU_CLASSES = {
  /** Looks something up, writes a row, or searches the index. */
  light: 2,
  /** Makes a page, or reads and writes many rows; within what a free plan gives a request. */
  medium: 10,
  /** Hashes a password, or reads a year of statistics. */
  heavy: 100,
  /** Grows with what is sent or asked for: imports, exports, streams. */
  bulk: 30_000,
} as const;

export type CpuClass = keyof typeof CPU_CLASSES;

/** What is bounded of a request, with what it does after its answer. */
export interface Spending {
  /** Round trips to the database. */
  trips: number;
  kv: number;
  /** Operations on blobs that are billed: reads, writes and lists. */
  blobs: number;
  /** Queue messages. */
  messages: number;
}

/** What one request of a route may spend in an isolate that knows who asks; what is not named is none. */
export interface Budget extends Partial<Spending> {
  cpu: CpuClass;
  /** How much more in a new isolate, which must learn who asks, and load the index where it searches. */
  cold: Partial<Spending>;
  /** Why it is more than others have. */
  because?: string;
}

const WORDS: Readonly<Record<keyof Spending, string>> = {
  trips: "round trips",
  kv: "operations on KV",
  blobs: "operations on blobs",
  messages: "messages",
};

/** What of `spent` is more than the budget allows, in words; empty where nothing is. */
export function overspent(budget: Budget, spent: Spending, isCold: boolean): string[] {
  return (Object.keys(WORDS) as (keyof Spending)[]).flatMap((what) => {
    const allowed = (budget[what] ?? 0) + (isCold ? (budget.cold[what] ?? 0) : 0);
    return spent[what] <= allowed ? [] : [`${spent[what]} ${WORDS[what]}, ${allowed} allowed`];
  });
}
