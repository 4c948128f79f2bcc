import type { Terminal } from "../command.ts";
import { duration, grouped } from "../output.ts";
import type { Patience } from "../patience.ts";
import { barOf, ProgressLine } from "../progress-line.ts";

export interface Counts {
  rows: number;
  rejected: number;
  bytesRead: number;
}

/** Shows how far an import has come. */
export class ProgressBar {
  readonly #line: ProgressLine;
  readonly #totalBytes: number | null;
  /** Bytes and rows that an earlier run has done: they tell nothing of the speed. */
  #skippedRows = 0;
  #skippedBytes = 0;

  constructor(terminal: Terminal, totalBytes: number | null, quiet: boolean) {
    this.#line = new ProgressLine(terminal, quiet);
    this.#totalBytes = totalBytes;
  }

  skipped({ rows, bytesRead }: Pick<Counts, "rows" | "bytesRead">): void {
    this.#skippedRows = rows;
    this.#skippedBytes = bytesRead;
  }

  get seconds(): number {
    return this.#line.seconds;
  }

  update(counts: Counts): void {
    this.#line.update(() => this.#text(counts));
  }

  get onRetry(): Patience["onRetry"] {
    return this.#line.onRetry;
  }

  /** A line of its own, above the bar. */
  note(text: string): void {
    this.#line.note(text);
  }

  clear(): void {
    this.#line.clear();
  }

  #text({ rows, rejected, bytesRead }: Counts): string {
    const rate = (rows - this.#skippedRows) / this.seconds;
    const parts = [`${grouped(rows)} rows`, `${grouped(rate)}/s`, `${grouped(rejected)} rejected`];
    if (this.#totalBytes === null || this.#totalBytes === 0) return parts.join("  ");
    const share = Math.min(1, bytesRead / this.#totalBytes);
    const done = bytesRead - this.#skippedBytes;
    const left = done > 0 ? (this.seconds * (this.#totalBytes - bytesRead)) / done : Infinity;
    return [barOf(share), ...parts, `${duration(left)} left`].join("  ");
  }
}
