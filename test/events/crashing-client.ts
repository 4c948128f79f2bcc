import type { Client } from "@libsql/client";

export interface CrashingClient {
  client: Client;
  /** Calls die with this probability: half before the database does anything, half after it did all. */
  probability: number;
}

/** A client whose calls die at random, as a Worker that is cut off does. */
export function crashing(inner: Client, random: () => number): CrashingClient {
  const state: CrashingClient = { client: inner, probability: 0 };
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    // Others run between a call's being made and its being done.
    if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, 0));
    const dies = random() < state.probability;
    const diesBefore = random() < 0.5;
    if (dies && diesBefore) throw new Error("crashed before");
    const result = await call();
    if (dies) throw new Error("crashed after");
    return result;
  };
  state.client = new Proxy(inner, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      const bound = value.bind(target) as (...args: unknown[]) => Promise<unknown>;
      return name === "batch" || name === "execute"
        ? (...args: unknown[]) => through(() => bound(...args))
        : bound;
    },
  });
  return state;
}
