import { checkKvWrite } from "../../../src/platform/memory/kv.ts";
import type { Kv } from "../../../src/ports/kv.ts";
import type { Chances, Invocation } from "../invocation.ts";
import { asNextWrites } from "../versions.ts";

/** developers.cloudflare.com/kv/concepts/how-kv-works: changes may take 60 s or more to be seen in other locations. */
const MAX_STALE_MS = 90_000;
const WRITE_INTERVAL_MS = 1_000;

/** The central store that all data centres write to and read from. */
export class KvStore {
  readonly values = new Map<string, { value: string | null; expiresAt: number }>();
  readonly writtenAt = new Map<string, number>();
}

/**
 * Workers KV as an invocation has it. A data centre answers for up to 90 s what it has read before, a value, an older one, or
 * that there was none (negative look-ups are cached alike); a key takes one write a second, the next is refused with 429
 * (developers.cloudflare.com/kv/platform/limits, developers.cloudflare.com/kv/api/write-key-value-pairs).
 */
export class SimKv implements Kv {
  readonly #chances: Chances;
  readonly #invocation: Invocation;
  readonly #store: KvStore;

  constructor(chances: Chances, invocation: Invocation, store: KvStore) {
    this.#chances = chances;
    this.#invocation = invocation;
    this.#store = store;
  }

  get(key: string): Promise<string | null> {
    return this.#invocation.through(`kv.get ${key}`, 6, () => {
      this.#mayFail();
      const { now, random } = this.#chances.kernel;
      const { kvSeen } = this.#invocation.place.centre;
      const seen = kvSeen.get(key);
      if (seen !== undefined && seen.until > now) return seen.value;
      const kept = this.#store.values.get(key);
      const value = kept === undefined || kept.expiresAt <= now ? null : kept.value;
      if (this.#invocation.chance(this.#chances.faults.kvStale))
        kvSeen.set(key, { value, until: now + random.next() * MAX_STALE_MS });
      return value;
    });
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    checkKvWrite(key, ttlSeconds);
    const { kernel } = this.#chances;
    const written = this.#invocation.place.isNext ? asNextWrites(value) : value;
    return this.#write("put", key, () => ({ value: written, expiresAt: kernel.now + ttlSeconds * 1_000 }));
  }

  delete(key: string): Promise<void> {
    return this.#write("delete", key, () => ({ value: null, expiresAt: Infinity }));
  }

  #write(what: string, key: string, entry: () => { value: string | null; expiresAt: number }): Promise<void> {
    return this.#invocation.through(`kv.${what} ${key}`, 10, () => {
      this.#mayFail();
      const { now } = this.#chances.kernel;
      const isSoon = now - (this.#store.writtenAt.get(key) ?? -Infinity) < WRITE_INTERVAL_MS;
      if (isSoon && this.#invocation.chance(this.#chances.faults.kvWriteLimit))
        throw new Error("KV PUT failed: 429 Too Many Requests");
      this.#store.writtenAt.set(key, now);
      this.#store.values.set(key, entry());
    });
  }

  #mayFail(): void {
    if (this.#invocation.chance(this.#chances.faults.kvFails))
      throw new Error("KV GET failed: 500 Internal Server Error");
  }
}
