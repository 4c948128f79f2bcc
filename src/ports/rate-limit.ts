/**
 * `upload` is of its own, since a folder is sent one file a request; `post` (posts and comments), `like` and `ask`
 * (friends) since others see what they do.
 */
export const RATE_LIMIT_CLASSES = ["read", "write", "upload", "post", "like", "ask", "sensitive"] as const;
export type RateLimitClass = (typeof RATE_LIMIT_CLASSES)[number];

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
