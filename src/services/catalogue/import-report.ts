const MAX_LISTED = 100;

export type RejectionCode =
  | "invalid_json"
  | "invalid_utf8"
  | "line_too_long"
  | "invalid_product"
  | "not_owner";

export interface RejectedLine {
  line: number;
  code: RejectionCode;
  detail: string;
}

export interface ImportResult {
  /** Lines taken, those that changed nothing among them: with `rejectedCount`, all lines that are not blank. */
  accepted: number;
  unchanged: number;
  rejectedCount: number;
  /** The first 100. */
  rejected: RejectedLine[];
  /** The number of the last line read. */
  lastLine: number;
}

/** Counts what became of each line. */
export class ImportReport {
  #accepted = 0;
  #unchanged = 0;
  #rejectedCount = 0;
  #rejected: RejectedLine[] = [];

  get accepted(): number {
    return this.#accepted;
  }

  accept(lines: number): void {
    this.#accepted += lines;
  }

  acceptUnchanged(lines: number): void {
    this.#accepted += lines;
    this.#unchanged += lines;
  }

  reject(rejected: RejectedLine): void {
    this.#rejectedCount++;
    this.#rejected.push(rejected);
    // Lines come out of order: what the database refuses is known later than what cannot be read.
    if (this.#rejected.length >= MAX_LISTED * 2) this.#rejected = this.#firstRejected();
  }

  finish(lastLine: number): ImportResult {
    return {
      accepted: this.#accepted,
      unchanged: this.#unchanged,
      rejectedCount: this.#rejectedCount,
      rejected: this.#firstRejected(),
      lastLine,
    };
  }

  #firstRejected(): RejectedLine[] {
    return this.#rejected.toSorted((a, b) => a.line - b.line).slice(0, MAX_LISTED);
  }
}
