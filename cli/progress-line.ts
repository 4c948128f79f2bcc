import type { Terminal } from "./command.ts";

const DRAW_MS = 100;
const PRINT_MS = 5_000;
const BAR = 24;

/** One line on how far a long work has come: drawn over itself for a person, else printed every 5 s. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #quiet: boolean;
  readonly #startedAt = performance.now();
  #shownAt = performance.now();
  #drawn = false;

  /** Tells of a wait before another attempt, as `Patience` wants it told. */
  readonly onRetry = (reason: string, seconds: number): void =>
    this.note(`${reason.split("\n")[0]}: trying again in ${seconds.toFixed(1)} s`);

  constructor(terminal: Terminal, quiet: boolean) {
    this.#terminal = terminal;
    this.#quiet = quiet;
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1_000;
  }

  /** Shows what `line` answers, where it is time to. */
  update(line: () => string): void {
    const now = performance.now();
    if (this.#quiet || now - this.#shownAt < (this.#terminal.interactive ? DRAW_MS : PRINT_MS)) return;
    this.#shownAt = now;
    this.#drawn = this.#terminal.interactive;
    this.#terminal.err(this.#terminal.interactive ? `\r\u001B[2K${line()}` : `${line()}\n`);
  }

  /** A line of its own, above. */
  note(text: string): void {
    this.clear();
    this.#terminal.err(`${text}\n`);
  }

  clear(): void {
    if (this.#drawn) this.#terminal.err("\r\u001B[2K");
    this.#drawn = false;
  }
}

/** `██████░░░░ 60 %` */
export function barOf(share: number): string {
  const filled = Math.round(share * BAR);
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${Math.floor(share * 100)} %`;
}
