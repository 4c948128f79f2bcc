import type { Terminal } from "../command.ts";
import { duration, grouped } from "../output.ts";

export interface Counts {
  rows: number;
  rejected: number;
  bytesRead: number;
}

const DRAW_MS = 100;
const PRINT_MS = 5_000;
const BAR = 24;

/** Shows how far a long work has come: a bar drawn over itself for a person, else a line every 5 s. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #totalBytes: number | null;
  readonly #startedAt = performance.now();
  readonly #quiet: boolean;
  #shownAt = performance.now();
  #drawn = false;
  /** Bytes and rows that an earlier run has done: they tell nothing of the speed. */
  #skippedRows = 0;
  #skippedBytes = 0;

  constructor(terminal: Terminal, totalBytes: number | null, quiet: boolean) {
    this.#terminal = terminal;
    this.#totalBytes = totalBytes;
    this.#quiet = quiet;
  }

  skipped({ rows, bytesRead }: Pick<Counts, "rows" | "bytesRead">): void {
    this.#skippedRows = rows;
    this.#skippedBytes = bytesRead;
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1_000;
  }

  update(counts: Counts): void {
    const now = performance.now();
    if (this.#quiet || now - this.#shownAt < (this.#terminal.interactive ? DRAW_MS : PRINT_MS)) return;
    this.#shownAt = now;
    this.#drawn = this.#terminal.interactive;
    this.#terminal.err(
      this.#terminal.interactive ? `\r\u001B[2K${this.#line(counts)}` : `${this.#line(counts)}\n`,
    );
  }

  /** A line of its own, above the bar. */
  note(text: string): void {
    this.clear();
    this.#terminal.err(`${text}\n`);
  }

  clear(): void {
    if (this.#drawn) this.#terminal.err("\r\u001B[2K");
    this.#drawn = false;
  }

  #line({ rows, rejected, bytesRead }: Counts): string {
    const rate = (rows - this.#skippedRows) / this.seconds;
    const parts = [`${grouped(rows)} rows`, `${grouped(rate)}/s`, `${grouped(rejected)} rejected`];
    if (this.#totalBytes === null || this.#totalBytes === 0) return parts.join("  ");
    const share = Math.min(1, bytesRead / this.#totalBytes);
    const done = bytesRead - this.#skippedBytes;
    const left = done > 0 ? (this.seconds * (this.#totalBytes - bytesRead)) / done : Infinity;
    const filled = Math.round(share * BAR);
    const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    return [`${bar} ${Math.floor(share * 100)} %`, ...parts, `${duration(left)} left`].join("  ");
  }
}
