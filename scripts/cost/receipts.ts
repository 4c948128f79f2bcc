import { readFileSync } from "node:fs";

/** What is counted of one request with its deferred work, in `job…` of the jobs it sent, and in `rowsBilled` of both. */
export interface Counts {
  trips: number;
  kvReads: number;
  /** Deletes are billed alike. */
  kvWrites: number;
  blobReads: number;
  blobWrites: number;
  edge: number;
  messages: number;
  rowsRead: number;
  rowsWritten: number;
  /** Rows written with the entries of indexes that they make. */
  rowsBilled: number;
  jobTrips: number;
  jobBlobReads: number;
  jobBlobWrites: number;
}

export interface Driven {
  status: number;
  cold: Counts;
  warm: Counts;
  /** The same once more, of what only reads. */
  again: Counts | null;
}

export const NO_COUNTS: Counts = {
  trips: 0,
  kvReads: 0,
  kvWrites: 0,
  blobReads: 0,
  blobWrites: 0,
  edge: 0,
  messages: 0,
  rowsRead: 0,
  rowsWritten: 0,
  rowsBilled: 0,
  jobTrips: 0,
  jobBlobReads: 0,
  jobBlobWrites: 0,
};

function withoutZeros(counts: Counts): Partial<Counts> {
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0));
}

/** One route a line, by name, so that a change shows as what it is. */
export function receiptsText(driven: Readonly<Record<string, Driven>>): string {
  const lines = Object.keys(driven)
    .toSorted()
    .map((name) => {
      const { status, cold, warm, again } = driven[name];
      const kept = {
        status,
        cold: withoutZeros(cold),
        warm: withoutZeros(warm),
        ...(again === null ? {} : { again: withoutZeros(again) }),
      };
      return `  ${JSON.stringify(name)}: ${JSON.stringify(kept)}`;
    });
  return `{\n${lines.join(",\n")}\n}\n`;
}

interface Kept {
  status: number;
  cold: Partial<Counts>;
  warm: Partial<Counts>;
  again?: Partial<Counts>;
}

/** What `receiptsText` wrote. */
export function readReceipts(file: string): Record<string, Driven> {
  const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, Kept>;
  const whole = (counts: Partial<Counts>): Counts => ({ ...NO_COUNTS, ...counts });
  return Object.fromEntries(
    Object.entries(kept).map(([name, { status, cold, warm, again }]) => [
      name,
      { status, cold: whole(cold), warm: whole(warm), again: again === undefined ? null : whole(again) },
    ]),
  );
}
