import type { IsolateState } from "../../src/deps.ts";
import type { EdgeCache } from "../../src/ports/edge-cache.ts";

type Cache = IsolateState["cache"];

/** What `cache` holds now, and nothing that is put into it later: who asks is known, answers are made each time. */
export function frozen(cache: Cache): Cache {
  const overrides: Readonly<Record<string, unknown>> = {
    set: () => undefined,
    // Nobody waits for another's answer, which would not be found.
    beginFill: () => true,
  };
  return new Proxy(cache, {
    get(target, key) {
      if (typeof key === "string" && key in overrides) return overrides[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A data centre's cache that keeps nothing. */
export const NO_EDGE: EdgeCache = {
  get: async () => null,
  put: async () => undefined,
  getBytes: async () => null,
  putBytes: async () => undefined,
};
