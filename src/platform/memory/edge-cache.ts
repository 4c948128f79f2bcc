import type { Clock } from "../../ports/clock.ts";
import type { EdgeCache } from "../../ports/edge-cache.ts";

interface Entry {
  value: string;
  expiresAt: number;
}

/** The cache of one process: least recently used entries go first once their characters exceed `maxChars`. */
export class MemoryEdgeCache implements EdgeCache {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #maxChars: number;
  #chars = 0;

  constructor(clock: Clock, maxChars = 16_000_000) {
    this.#clock = clock;
    this.#maxChars = maxChars;
  }

  get size(): number {
    return this.#entries.size;
  }

  async get(key: string): Promise<string | null> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    this.#drop(key, entry);
    if (entry.expiresAt <= this.#clock.now()) return null;
    this.#keep(key, entry);
    return entry.value;
  }

  async put(key: string, value: string, ttlSeconds: number): Promise<void> {
    const before = this.#entries.get(key);
    if (before !== undefined) this.#drop(key, before);
    if (key.length + value.length > this.#maxChars || ttlSeconds <= 0) return;
    this.#keep(key, { value, expiresAt: this.#clock.now() + ttlSeconds * 1_000 });
    for (const [oldest, entry] of this.#entries) {
      if (this.#chars <= this.#maxChars) break;
      this.#drop(oldest, entry);
    }
  }

  /** Forgets everything, as a data centre may at any time. */
  clear(): void {
    this.#entries.clear();
    this.#chars = 0;
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#chars += key.length + entry.value.length;
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#chars -= key.length + entry.value.length;
  }
}
