import type { Clock } from "../../ports/clock.ts";
import type { Kv } from "../../ports/kv.ts";

interface Version {
  value: string | null;
  visibleAt: number;
  expiresAt: number;
}

export const KV_MIN_TTL_SECONDS = 60;
const MAX_KEY_BYTES = 512;

/** Refuses what Workers KV refuses, so that a twin never takes what production would not. */
export function checkKvWrite(key: string, ttlSeconds: number): void {
  if (key === "" || new TextEncoder().encode(key).length > MAX_KEY_BYTES) {
    throw new RangeError(`KV key "${key.slice(0, 60)}" must have 1 to ${MAX_KEY_BYTES} bytes`);
  }
  if (!(ttlSeconds >= KV_MIN_TTL_SECONDS)) {
    throw new RangeError(`KV lifetime of ${ttlSeconds} s is below ${KV_MIN_TTL_SECONDS} s`);
  }
}

/** KV in memory. With `staleMs`, a write or delete is seen only that much later, as it may be far from the writer. */
export class MemoryKv implements Kv {
  staleMs = 0;
  readonly #versions = new Map<string, Version[]>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async get(key: string): Promise<string | null> {
    const now = this.#clock.now();
    const seen = this.#versions.get(key)?.findLast((version) => version.visibleAt <= now);
    return seen === undefined || seen.expiresAt <= now ? null : seen.value;
  }

  async put(key: string, value: string, ttlSeconds: number): Promise<void> {
    checkKvWrite(key, ttlSeconds);
    this.#write(key, value, this.#clock.now() + ttlSeconds * 1_000);
  }

  async delete(key: string): Promise<void> {
    this.#write(key, null, Infinity);
  }

  /** Keys that hold a value now, in order. */
  async keys(): Promise<string[]> {
    const held: string[] = [];
    for (const key of this.#versions.keys()) if ((await this.get(key)) !== null) held.push(key);
    return held.sort();
  }

  #write(key: string, value: string | null, expiresAt: number): void {
    const now = this.#clock.now();
    const versions = this.#versions.get(key) ?? [];
    const visible = versions.findLastIndex((version) => version.visibleAt <= now);
    const kept = versions.slice(Math.max(0, visible));
    this.#versions.set(key, [...kept, { value, visibleAt: now + this.staleMs, expiresAt }]);
  }
}
