import type { LineFault } from "../ndjson/json-line.ts";
import { RejectedLines } from "../ndjson/rejected-lines.ts";
import type { RejectedLine } from "../ndjson/rejected-lines.ts";

export type RejectionCode = LineFault | "invalid_product" | "not_owner";

export interface ImportResult {
  /** Lines taken, those that changed nothing among them: with `rejectedCount`, all lines that are not blank. */
  accepted: number;
  unchanged: number;
  rejectedCount: number;
  /** The first 100. */
  rejected: RejectedLine<RejectionCode>[];
  /** The number of the last line read. */
  lastLine: number;
}

/** Counts what became of each line. */
export class ImportReport {
  readonly #rejected = new RejectedLines<RejectionCode>();
  #accepted = 0;
  #unchanged = 0;

  accept(lines: number): void {
    this.#accepted += lines;
  }

  acceptUnchanged(lines: number): void {
    this.#accepted += lines;
    this.#unchanged += lines;
  }

  reject(rejected: RejectedLine<RejectionCode>): void {
    this.#rejected.add(rejected);
  }

  finish(lastLine: number): ImportResult {
    return {
      accepted: this.#accepted,
      unchanged: this.#unchanged,
      rejectedCount: this.#rejected.count,
      rejected: this.#rejected.first(),
      lastLine,
    };
  }
}
