/** Immutable-by-convention objects, strongly consistent. A missing key is `null`; failures throw. */
export interface Blobs {
  get(key: string): Promise<ArrayBuffer | null>;
  /** The bytes `[offset, offset + length)`; `null` where the key is missing. */
  getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null>;
  put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  /** Keys under a prefix, in order, at most `limit`, after `after`. */
  list(prefix: string, limit: number, after?: string): Promise<string[]>;
}
