import type { Terminal } from "../command.ts";
import { duration, grouped } from "../output.ts";
import { barOf, ProgressLine } from "../progress-line.ts";

/** How far an upload has come: bytes that have left, and files whose fate is known. */
export class UploadProgress {
  readonly line: ProgressLine;
  readonly #files: number;
  readonly #totalBytes: number;
  readonly #waits: boolean;
  #bytes = 0;
  /** Files that the service had already tell nothing of the speed. */
  #skippedBytes = 0;
  #skippedFiles = 0;
  #ready = 0;
  #failed = 0;
  #done = 0;

  constructor(
    terminal: Terminal,
    {
      files,
      totalBytes,
      waits,
      quiet,
    }: { files: number; totalBytes: number; waits: boolean; quiet: boolean },
  ) {
    this.line = new ProgressLine(terminal, quiet);
    this.#files = files;
    this.#totalBytes = totalBytes;
    this.#waits = waits;
  }

  sent(bytes: number): void {
    this.#bytes += bytes;
    this.draw();
  }

  skipped(bytes: number): void {
    this.#skippedBytes += bytes;
    this.#skippedFiles++;
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

  /** Of all the work: a file is half done when it is sent, where its pictures are waited for. */
  #share(bytes: number, files: number): number {
    const sent = this.#totalBytes === 0 ? 1 : Math.min(1, Math.max(0, bytes) / this.#totalBytes);
    return this.#waits ? (sent + files / this.#files) / 2 : sent;
  }

  #text(): string {
    const { seconds } = this.line;
    const share = this.#share(this.#bytes, this.#done);
    const worked = share - this.#share(this.#skippedBytes, this.#skippedFiles);
    const left = worked > 0 ? (seconds * (1 - share)) / worked : Infinity;
    return [
      barOf(share),
      `${grouped(this.#done)}/${grouped(this.#files)} files`,
      `${(this.sentBytes / 1e6 / seconds).toFixed(1)} MB/s`,
      `${grouped(this.#ready)} ready`,
      `${grouped(this.#failed)} failed`,
      `${duration(left)} left`,
    ].join("  ");
  }
}
