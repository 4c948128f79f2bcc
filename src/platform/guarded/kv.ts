import type { Kv } from "../../ports/kv.ts";
import type { Guard } from "./guard.ts";
import { guardOf } from "./guards.ts";
import type { Guarding } from "./guards.ts";

/** Nothing is tried twice: who asks has another place to look. */
export class GuardedKv implements Kv {
  readonly #kv: Kv;
  readonly #guard: Guard;

  constructor(kv: Kv, guarding: Guarding) {
    this.#kv = kv;
    this.#guard = guardOf("kv", guarding);
  }

  get(key: string): Promise<string | null> {
    return this.#guard.run({ work: () => this.#kv.get(key) });
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    return this.#guard.run({ work: () => this.#kv.put(key, value, ttlSeconds) });
  }

  delete(key: string): Promise<void> {
    return this.#guard.run({ work: () => this.#kv.delete(key), isRepeatable: true });
  }
}
