import type { Clock } from "../../ports/clock.ts";
import type { RateLimit, RateLimitClass, RateLimitPolicy } from "../../ports/rate-limit.ts";

export type RateLimitPolicies = Readonly<Record<RateLimitClass, RateLimitPolicy>>;

/** What one key may do in a minute. wrangler.toml states the same numbers for the Workers' bindings. */
export const RATE_LIMIT_POLICIES: RateLimitPolicies = {
  read: { limit: 600, windowSeconds: 60 },
  write: { limit: 120, windowSeconds: 60 },
  upload: { limit: 600, windowSeconds: 60 },
  post: { limit: 30, windowSeconds: 60 },
  like: { limit: 120, windowSeconds: 60 },
  ask: { limit: 30, windowSeconds: 60 },
  sensitive: { limit: 20, windowSeconds: 60 },
};

interface Window {
  startedAt: number;
  taken: number;
}

/** Fixed windows in a map of at most `maxKeys`; the oldest windows are forgotten first. */
export class MemoryRateLimit implements RateLimit {
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;
  readonly #policies: RateLimitPolicies;
  readonly #maxKeys: number;

  constructor(clock: Clock, policies: Partial<RateLimitPolicies> = {}, maxKeys = 20_000) {
    this.#clock = clock;
    this.#policies = { ...RATE_LIMIT_POLICIES, ...policies };
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#windows.size;
  }

  policy(of: RateLimitClass): RateLimitPolicy {
    return this.#policies[of];
  }

  async take(of: RateLimitClass, key: string): Promise<boolean> {
    const now = this.#clock.now();
    const { limit, windowSeconds } = this.#policies[of];
    const slot = `${of}:${key}`;
    const open = this.#windows.get(slot);
    if (open !== undefined && now < open.startedAt + windowSeconds * 1_000) {
      open.taken++;
      return open.taken <= limit;
    }
    this.#windows.delete(slot);
    this.#windows.set(slot, { startedAt: now, taken: 1 });
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= this.#maxKeys) break;
      this.#windows.delete(oldest);
    }
    return limit >= 1;
  }
}
