import type { Kv } from "../../ports/kv.ts";
import type { Receipt } from "../../ports/receipt.ts";

export class MeteredKv implements Kv {
  readonly #kv: Kv;
  readonly #receipt: Receipt;

  constructor(kv: Kv, receipt: Receipt) {
    this.#kv = kv;
    this.#receipt = receipt;
  }

  get(key: string): Promise<string | null> {
    this.#receipt.kvReads++;
    return this.#kv.get(key);
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.#receipt.kvWrites++;
    return this.#kv.put(key, value, ttlSeconds);
  }

  delete(key: string): Promise<void> {
    this.#receipt.kvDeletes++;
    return this.#kv.delete(key);
  }
}
