/**
 * Small values near the reader, eventually consistent: a read may be 60 s stale, a miss may be remembered as long,
 * and a key takes one write a second. Never a counter, never read before write. Failures throw.
 */
export interface Kv {
  get(key: string): Promise<string | null>;
  /** `ttlSeconds` is at least 60. */
  put(key: string, value: string, ttlSeconds: number): Promise<void>;
  delete(key: string): Promise<void>;
}
