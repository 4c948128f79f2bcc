import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "measured.json");

/** What jobs and storage take, as `test/receipts/measures.test.ts` takes it of the real code over a real database. */
export interface Measured {
  /** By how many page views one fold of an organisation takes: rows billed for one of them, its own row included. */
  foldedRows: Record<string, number>;
  /** One turn of the clock, in an isolate of a quiet shop. */
  tick: { trips: number; rowsRead: number; rowsBilled: number };
  /** One look whether the catalogue has changed. */
  poll: { trips: number; rowsRead: number };
  /** A merge of the index, with its publication. */
  merge: { trips: number; rowsBilled: number; blobReads: number; blobWrites: number };
  /** Rows billed for each product of an import. */
  importedRows: number;
  /** Of one demo product in the database, indexes included. */
  productBytes: number;
}

export function readMeasured(file = FILE): Measured {
  return JSON.parse(readFileSync(file, "utf8")) as Measured;
}

/**
 * Rows billed for one page view where a fold takes `events` of them: between two measured sizes as the logarithm of the size
 * goes, outside of them as the nearest.
 */
export function foldedRowsAt({ foldedRows }: Measured, events: number): number {
  const points = Object.entries(foldedRows)
    .map(([size, rows]) => ({ size: Number(size), rows }))
    .toSorted((a, b) => a.size - b.size);
  const above = points.findIndex(({ size }) => size >= events);
  if (above === 0) return points[0].rows;
  if (above === -1) return points[points.length - 1].rows;
  const [from, to] = [points[above - 1], points[above]];
  const share = Math.log(events / from.size) / Math.log(to.size / from.size);
  return from.rows + share * (to.rows - from.rows);
}
