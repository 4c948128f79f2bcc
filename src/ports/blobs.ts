/** Immutable-by-convention objects, strongly consistent. A missing key is `null`; failures throw. */
export interface Blobs {
  get(key: string): Promise<ArrayBuffer | null>;
  /** The bytes `[offset, offset + length)`; `null` where the key is missing. */
  getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null>;
  /** The object, or its bytes `[offset, offset + length)`, as a stream, which the caller reads or cancels. */
  getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null>;
  put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void>;
  /**
   * Stores what `source` yields under `keyOf(its SHA-256)`, holding at most 10 MB of it at a time, whatever its length.
   * Each chunk is used up before the next is asked for, as `source` may use its memory again. Where `source` or `keyOf`
   * throws, nothing is kept and that error is thrown.
   */
  putStream(source: ReadableStream<Uint8Array>, put: StreamedPut): Promise<StoredStream>;
  delete(keys: readonly string[]): Promise<void>;
  /** Keys under a prefix, in order, at most `limit`, after `after`. */
  list(prefix: string, limit: number, after?: string): Promise<string[]>;
}

export interface BlobStream {
  body: ReadableStream<Uint8Array>;
  /** Bytes of the whole object. */
  size: number;
}

export interface StreamedPut {
  /** Where the bytes may lie until their hash is known; what a crash leaves there is swept by its prefix. */
  temporaryKey: string;
  keyOf: (sha256: string) => string;
  contentType: string;
}

export interface StoredStream {
  key: string;
  /** In hexadecimal. */
  sha256: string;
  bytes: number;
}
