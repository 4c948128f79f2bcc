import type { EdgeCache } from "../../ports/edge-cache.ts";
import type { Guard } from "./guard.ts";
import { guardOf } from "./guards.ts";
import type { Guarding } from "./guards.ts";

export class GuardedEdgeCache implements EdgeCache {
  readonly #cache: EdgeCache;
  readonly #guard: Guard;

  constructor(cache: EdgeCache, guarding: Guarding) {
    this.#cache = cache;
    this.#guard = guardOf("edge-cache", guarding);
  }

  get(key: string): Promise<string | null> {
    return this.#guard.run({ work: () => this.#cache.get(key) });
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    return this.#guard.run({ work: () => this.#cache.put(key, value, ttlSeconds) });
  }

  getBytes(key: string): Promise<ArrayBuffer | null> {
    return this.#guard.run({ work: () => this.#cache.getBytes(key) });
  }

  putBytes(key: string, bytes: ArrayBuffer, ttlSeconds: number): Promise<void> {
    return this.#guard.run({ work: () => this.#cache.putBytes(key, bytes, ttlSeconds) });
  }
}
