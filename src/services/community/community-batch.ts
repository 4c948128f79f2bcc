import type { CommunityWrite } from "../../db/queries/community-writes.ts";

const MAX_LINES = 500;
const MAX_BYTES = 512 * 1_024;

export interface PendingLine {
  write: CommunityWrite;
  line: number;
}

/** Lines on their way to one write: at most 500 or 512 KB, and of one pair one friendship. */
export class CommunityBatch {
  #lines: PendingLine[] = [];
  #pairs = new Set<string>();
  #bytes = 0;

  /** Whether a line of `bytes` more has no room. */
  isFullFor(write: CommunityWrite, bytes: number): boolean {
    if (this.#lines.length === 0) return false;
    const isAgain = write.kind === "friendship" && this.#pairs.has(pairOf(write));
    return isAgain || this.#lines.length >= MAX_LINES || this.#bytes + bytes > MAX_BYTES;
  }

  add(write: CommunityWrite, line: number, bytes: number): void {
    if (write.kind === "friendship") this.#pairs.add(pairOf(write));
    this.#lines.push({ write, line });
    this.#bytes += bytes;
  }

  /** Empties the batch. */
  takeAll(): PendingLine[] {
    const taken = this.#lines;
    this.#lines = [];
    this.#pairs = new Set();
    this.#bytes = 0;
    return taken;
  }
}

function pairOf({ from, to }: { from: string; to: string }): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}
