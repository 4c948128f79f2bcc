import type { EdgeCache } from "../../ports/edge-cache.ts";
import type { Receipt } from "../../ports/receipt.ts";

export class MeteredEdgeCache implements EdgeCache {
  readonly #cache: EdgeCache;
  readonly #receipt: Receipt;

  constructor(cache: EdgeCache, receipt: Receipt) {
    this.#cache = cache;
    this.#receipt = receipt;
  }

  get(key: string): Promise<string | null> {
    this.#receipt.edgeReads++;
    return this.#cache.get(key);
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.#receipt.edgeWrites++;
    return this.#cache.put(key, value, ttlSeconds);
  }

  getBytes(key: string): Promise<ArrayBuffer | null> {
    this.#receipt.edgeReads++;
    return this.#cache.getBytes(key);
  }

  putBytes(key: string, bytes: ArrayBuffer, ttlSeconds: number): Promise<void> {
    this.#receipt.edgeWrites++;
    return this.#cache.putBytes(key, bytes, ttlSeconds);
  }
}
