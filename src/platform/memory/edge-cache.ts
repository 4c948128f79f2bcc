import type { Clock } from "../../ports/clock.ts";
import type { EdgeCache } from "../../ports/edge-cache.ts";

interface Entry {
  value: string | ArrayBuffer;
  expiresAt: number;
}

const BYTES = "bytes|";

/** The cache of one process: least recently used entries go first once their characters or bytes exceed `maxSize`. */
export class MemoryEdgeCache implements EdgeCache {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #maxSize: number;
  #size = 0;

  constructor(clock: Clock, maxSize = 16_000_000) {
    this.#clock = clock;
    this.#maxSize = maxSize;
  }

  get size(): number {
    return this.#entries.size;
  }

  async get(key: string): Promise<string | null> {
    const value = this.#find(key);
    return typeof value === "string" ? value : null;
  }

  async put(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.#put(key, value, ttlSeconds);
  }

  async getBytes(key: string): Promise<ArrayBuffer | null> {
    const value = this.#find(BYTES + key);
    return value instanceof ArrayBuffer ? value : null;
  }

  async putBytes(key: string, bytes: ArrayBuffer, ttlSeconds: number): Promise<void> {
    this.#put(BYTES + key, bytes, ttlSeconds);
  }

  /** Forgets everything, as a data centre may at any time. */
  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }

  #find(key: string): string | ArrayBuffer | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#drop(key, entry);
    if (entry.expiresAt <= this.#clock.now()) return undefined;
    this.#keep(key, entry);
    return entry.value;
  }

  #put(key: string, value: string | ArrayBuffer, ttlSeconds: number): void {
    const before = this.#entries.get(key);
    if (before !== undefined) this.#drop(key, before);
    if (sizeOf(key, value) > this.#maxSize || ttlSeconds <= 0) return;
    this.#keep(key, { value, expiresAt: this.#clock.now() + ttlSeconds * 1_000 });
    for (const [oldest, entry] of this.#entries) {
      if (this.#size <= this.#maxSize) break;
      this.#drop(oldest, entry);
    }
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#size += sizeOf(key, entry.value);
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#size -= sizeOf(key, entry.value);
  }
}

function sizeOf(key: string, value: string | ArrayBuffer): number {
  return key.length + (typeof value === "string" ? value.length : value.byteLength);
}
