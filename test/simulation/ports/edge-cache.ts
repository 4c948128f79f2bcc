import type { EdgeCache } from "../../../src/ports/edge-cache.ts";
import type { Chances, Invocation } from "../invocation.ts";
import { asNextWrites } from "../versions.ts";

const BYTES = "bytes|";

/**
 * The Cache API as an invocation has it: of its own data centre alone, nothing is replicated to another, and an entry may be
 * evicted at any time before it expires (developers.cloudflare.com/workers/runtime-apis/cache).
 */
export class SimEdgeCache implements EdgeCache {
  readonly #chances: Chances;
  readonly #invocation: Invocation;

  constructor(chances: Chances, invocation: Invocation) {
    this.#chances = chances;
    this.#invocation = invocation;
  }

  async get(key: string): Promise<string | null> {
    const value = await this.#find(key);
    return typeof value === "string" ? value : null;
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    return this.#put(key, this.#invocation.place.isNext ? asNextWrites(value) : value, ttlSeconds);
  }

  async getBytes(key: string): Promise<ArrayBuffer | null> {
    const value = await this.#find(BYTES + key);
    return value instanceof ArrayBuffer ? value : null;
  }

  putBytes(key: string, bytes: ArrayBuffer, ttlSeconds: number): Promise<void> {
    return this.#put(BYTES + key, bytes, ttlSeconds);
  }

  #find(key: string): Promise<string | ArrayBuffer | undefined> {
    return this.#invocation.through(`edge.get ${key}`, 2, () => {
      this.#mayFail();
      const { cache } = this.#invocation.place.centre;
      const entry = cache.get(key);
      if (entry === undefined || entry.expiresAt <= this.#chances.kernel.now) return undefined;
      if (!this.#invocation.chance(this.#chances.faults.edgeForgets)) return entry.value;
      cache.delete(key);
      return undefined;
    });
  }

  #put(key: string, value: string | ArrayBuffer, ttlSeconds: number): Promise<void> {
    return this.#invocation.through(`edge.put ${key}`, 3, () => {
      this.#mayFail();
      const expiresAt = this.#chances.kernel.now + ttlSeconds * 1_000;
      this.#invocation.place.centre.cache.set(key, { value, expiresAt });
    });
  }

  #mayFail(): void {
    if (this.#invocation.chance(this.#chances.faults.edgeFails)) throw new Error("The cache does not answer");
  }
}
