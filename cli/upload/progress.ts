import type { Terminal } from "../command.ts";
import { duration, grouped } from "../output.ts";
import { barOf, ProgressLine } from "../progress-line.ts";

/** How far an upload has come: files whose fate is known, bytes that have left. */
export class UploadProgress {
  readonly line: ProgressLine;
  readonly #files: number;
  readonly #totalBytes: number;
  #bytes = 0;
  /** Of files that the service had already: they tell nothing of the speed. */
  #skippedBytes = 0;
  #ready = 0;
  #failed = 0;
  #done = 0;

  constructor(terminal: Terminal, files: number, totalBytes: number, quiet: boolean) {
    this.line = new ProgressLine(terminal, quiet);
    this.#files = files;
    this.#totalBytes = totalBytes;
  }

  sent(bytes: number): void {
    this.#bytes += bytes;
    this.draw();
  }

  skipped(bytes: number): void {
    this.#skippedBytes += bytes;
  }

  settled(status: string): void {
    this.#done++;
    if (status === "ready") this.#ready++;
    if (status === "failed") this.#failed++;
    this.draw();
  }

  draw(): void {
    this.line.update(() => this.#text());
  }

  /** Bytes that were sent. */
  get sentBytes(): number {
    return this.#bytes - this.#skippedBytes;
  }

  #text(): string {
    const { seconds } = this.line;
    const share = this.#totalBytes === 0 ? 1 : Math.min(1, Math.max(0, this.#bytes) / this.#totalBytes);
    const rate = this.sentBytes / 1e6 / seconds;
    const left =
      this.sentBytes > 0 ? (seconds * (this.#totalBytes - this.#bytes)) / this.sentBytes : Infinity;
    const parts = [
      barOf(share),
      `${grouped(this.#done)}/${grouped(this.#files)} files`,
      `${rate.toFixed(1)} MB/s`,
      `${grouped(this.#ready)} ready`,
      `${grouped(this.#failed)} failed`,
    ];
    return [...parts, share < 1 ? `${duration(left)} left` : "making pictures"].join("  ");
  }
}
