import { closeSync, existsSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import type { Refusal } from "./reading/record.ts";

export interface Rejection extends Refusal {
  line: number;
  input: unknown;
}

/** The file of rejected lines: one JSON object a line, with the reason and the input; made at the first rejection. */
export class RejectedFile {
  readonly path: string;
  bytes: number;

  /** `keepBytes` of what an interrupted import has written stay; the rest was never acknowledged. */
  constructor(path: string, keepBytes: number) {
    this.path = path;
    this.bytes = keepBytes;
    if (keepBytes === 0) rmSync(path, { force: true });
    else if (existsSync(path)) this.#open((file) => ftruncateSync(file, keepBytes));
  }

  add(rejections: readonly Rejection[]): void {
    if (rejections.length === 0) return;
    const text = rejections.map((rejection) => `${JSON.stringify(rejection)}\n`).join("");
    this.#open((file) => (this.bytes += writeSync(file, text, this.bytes)));
  }

  #open(work: (file: number) => void): void {
    const file = openSync(this.path, existsSync(this.path) ? "r+" : "w");
    try {
      work(file);
    } finally {
      closeSync(file);
    }
  }
}
