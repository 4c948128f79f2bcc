import type { ProductWrite } from "../../db/queries/products.ts";

const MAX_LINES = 200;
const MAX_BYTES = 512 * 1_024;

export interface PendingProduct {
  write: ProductWrite;
  /** The lines that gave this id: the last of them is what is written. */
  lines: number[];
}

/** Products on their way to one write: at most 200 lines or 512 KB. */
export class ImportBatch {
  #products = new Map<string, PendingProduct>();
  #lines = 0;
  #bytes = 0;

  get size(): number {
    return this.#products.size;
  }

  /** Whether a line of `bytes` more has no room. */
  isFullFor(bytes: number): boolean {
    return this.#lines > 0 && (this.#lines >= MAX_LINES || this.#bytes + bytes > MAX_BYTES);
  }

  add(write: ProductWrite, line: number, bytes: number): void {
    const lines = this.#products.get(write.id)?.lines ?? [];
    lines.push(line);
    this.#products.set(write.id, { write, lines });
    this.#lines++;
    this.#bytes += bytes;
  }

  /** Empties the batch. */
  takeAll(): PendingProduct[] {
    const taken = [...this.#products.values()];
    this.#products = new Map();
    this.#lines = 0;
    this.#bytes = 0;
    return taken;
  }
}
