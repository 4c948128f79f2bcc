/** The cache of one data centre (or process). Entries may vanish at any time; a miss is `null`; failures throw. */
export interface EdgeCache {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** What `putBytes` kept, under keys of its own; callers of one process may share the buffer, and do not change it. */
  getBytes(key: string): Promise<ArrayBuffer | null>;
  putBytes(key: string, bytes: ArrayBuffer, ttlSeconds: number): Promise<void>;
}
