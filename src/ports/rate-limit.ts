export type RateLimitClass = "read" | "write" | "sensitive";

/** How many requests of a class one key may make in `windowSeconds`. */
export interface RateLimitPolicy {
  limit: number;
  windowSeconds: number;
}

/** Approximate, per data centre (or process). Fails open: a failure is `true` and a log line. */
export interface RateLimit {
  policy(of: RateLimitClass): RateLimitPolicy;
  /** Counts one request; `false` when the key is over its limit. */
  take(of: RateLimitClass, key: string): Promise<boolean>;
}
