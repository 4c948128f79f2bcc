/** The cache of one data centre (or process). Entries may vanish at any time; a miss is `null`; failures throw. */
export interface EdgeCache {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, ttlSeconds: number): Promise<void>;
}
