import type { Kv } from "../../ports/kv.ts";
import { checkKvWrite } from "../memory/kv.ts";

export class WorkersKv implements Kv {
  readonly #namespace: KVNamespace;

  constructor(namespace: KVNamespace) {
    this.#namespace = namespace;
  }

  get(key: string): Promise<string | null> {
    return this.#namespace.get(key);
  }

  async put(key: string, value: string, ttlSeconds: number): Promise<void> {
    checkKvWrite(key, ttlSeconds);
    await this.#namespace.put(key, value, { expirationTtl: Math.ceil(ttlSeconds) });
  }

  delete(key: string): Promise<void> {
    return this.#namespace.delete(key);
  }
}
