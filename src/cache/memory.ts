export interface MemoryEntry {
  value: unknown;
  /** Milliseconds since the epoch. */
  storedAt: number;
}

interface Slot extends MemoryEntry {
  sizeBytes: number;
}

/**
 * The isolate's own tier: a least-recently-used map bounded by the sum of the sizes its callers state, and the marks of
 * fills under way. It holds values only: a promise shared by two requests hangs a Worker.
 */
export class CacheMemory {
  readonly #slots = new Map<string, Slot>();
  readonly #fills = new Map<string, number>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#slots.size;
  }

  get(key: string): MemoryEntry | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    return slot;
  }

  /** Keeps `value`; one larger than an eighth of the whole is not kept, so that it cannot flush the rest. */
  set(key: string, value: unknown, sizeBytes: number, now = Date.now()): void {
    this.delete(key);
    if (sizeBytes > this.#maxBytes / 8) return;
    this.#slots.set(key, { value, storedAt: now, sizeBytes });
    this.#bytes += sizeBytes;
    for (const [oldest, slot] of this.#slots) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#slots.delete(oldest);
      this.#bytes -= slot.sizeBytes;
    }
  }

  delete(key: string): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#slots.delete(key);
    this.#bytes -= slot.sizeBytes;
  }

  /** Drops every value; fills under way stay marked. */
  clear(): void {
    this.#slots.clear();
    this.#bytes = 0;
  }

  /** Marks a fill as begun, for at most `leaseMs`; `false` when another one is under way. */
  beginFill(key: string, now: number, leaseMs: number): boolean {
    const until = this.#fills.get(key);
    if (until !== undefined && until > now) return false;
    this.#fills.set(key, now + leaseMs);
    return true;
  }

  filling(key: string, now: number): boolean {
    const until = this.#fills.get(key);
    return until !== undefined && until > now;
  }

  endFill(key: string): void {
    this.#fills.delete(key);
  }
}
