import type { CacheLookup, Receipt } from "../../ports/receipt.ts";

/**
 * How much of a receipt an answer may tell: `whole`, where it tells nothing that the answer hides; `outline`, where rows,
 * messages and caches might (whether a thing is there that one may not see); nothing but the time of a private one.
 */
export type ReceiptView = "whole" | "outline";

function milliseconds(value: number): number {
  return Math.round(value * 100) / 100;
}

function lookupText({ name, tier, isStale }: CacheLookup): string {
  return `${name} ${tier}${isStale ? " stale" : ""}`;
}

/** `2 reads, 1 write`; nothing where there was none. */
function operations(...counts: readonly (readonly [noun: string, n: number])[]): string | null {
  const made = counts.filter(([, n]) => n > 0);
  return made.length === 0 ? null : made.map(([noun, n]) => `${n} ${n === 1 ? noun : `${noun}s`}`).join(", ");
}

function described(name: string, desc: string | null): string[] {
  return desc === null ? [] : [`${name};desc="${desc}"`];
}

function wholeEntries(receipt: Receipt): string[] {
  const { lookups } = receipt;
  return [
    `sql;desc="${receipt.rowsRead} rows read, ${receipt.rowsWritten} written"`,
    ...described(
      "kv",
      operations(["read", receipt.kvReads], ["write", receipt.kvWrites], ["delete", receipt.kvDeletes]),
    ),
    ...described("blobs", operations(["read", receipt.blobReads], ["write", receipt.blobWrites])),
    ...described("edge", operations(["read", receipt.edgeReads], ["write", receipt.edgeWrites])),
    ...described("queue", operations(["message", receipt.messages])),
    ...described("lookups", lookups.length === 0 ? null : lookups.map(lookupText).join(", ")),
  ];
}

/** The receipt as W3C Server-Timing; times in milliseconds. Of a private one, the whole time alone. */
export function renderServerTiming(receipt: Receipt, totalMs: number, view: ReceiptView = "outline"): string {
  const total = `total;dur=${milliseconds(totalMs)}`;
  if (receipt.isPrivate) return total;
  const trips = receipt.dbTrips === 1 ? "1 trip" : `${receipt.dbTrips} trips`;
  const parts = [`db;dur=${milliseconds(receipt.dbMs)};desc="${trips}"`];
  if (receipt.rowsLooked !== null) parts.push(`rows;desc="${receipt.rowsLooked}"`);
  if (receipt.cache !== null) parts.push(`cache;desc="${receipt.cache}"`);
  if (receipt.searchMs !== null) parts.push(`search;dur=${milliseconds(receipt.searchMs)}`);
  parts.push(total, ...described("index", receipt.indexVersion), ...described("cpu", receipt.cpu));
  if (view === "whole") parts.push(...wholeEntries(receipt));
  return parts.join(", ");
}

/** The receipt as compact JSON in ASCII, less than 1 KB. */
export function renderReceipt(receipt: Receipt, totalMs: number, view: ReceiptView): string {
  const total = { total_ms: milliseconds(totalMs) };
  if (receipt.isPrivate) return JSON.stringify(total);
  const { dbTrips, dbMs, rowsRead, rowsWritten, rowsLooked, cache, searchMs, indexVersion, cpu } = receipt;
  const outline = {
    trips: dbTrips,
    db_ms: milliseconds(dbMs),
    ...(rowsLooked === null ? {} : { rows_looked: rowsLooked }),
    cache,
    ...(searchMs === null ? {} : { search_ms: milliseconds(searchMs) }),
    index: indexVersion,
    cpu,
    ...total,
  };
  if (view === "outline") return JSON.stringify(outline);
  const { kvReads, kvWrites, kvDeletes, blobReads, blobWrites, edgeReads, edgeWrites } = receipt;
  return JSON.stringify({
    ...outline,
    rows: { read: rowsRead, written: rowsWritten },
    kv: { reads: kvReads, writes: kvWrites, deletes: kvDeletes },
    blobs: { reads: blobReads, writes: blobWrites },
    edge: { reads: edgeReads, writes: edgeWrites },
    messages: receipt.messages,
    lookups: receipt.lookups.map(lookupText),
  });
}
