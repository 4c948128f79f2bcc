import type { Blobs, BlobStream, StoredStream, StreamedPut } from "../../ports/blobs.ts";
import { checkSize, putStream } from "./put-stream.ts";

// R2's own limits for one call.
const MAX_DELETE = 1_000;
const MAX_LIST = 1_000;

export class WorkersBlobs implements Blobs {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async get(key: string): Promise<ArrayBuffer | null> {
    const object = await this.#bucket.get(key);
    if (object === null) return null;
    const bytes = await object.arrayBuffer();
    checkSize("read", key, bytes.byteLength, object.size);
    return bytes;
  }

  async getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    const object = await this.#getRange(key, offset, length);
    if (object === null) return null;
    const bytes = await object.arrayBuffer();
    checkSize("read", key, bytes.byteLength, Math.min(length, object.size - offset));
    return bytes;
  }

  async getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null> {
    const object = await (range === undefined
      ? this.#bucket.get(key)
      : this.#getRange(key, range.offset, range.length));
    return object === null ? null : { body: object.body, size: object.size };
  }

  putStream(source: ReadableStream<Uint8Array>, put: StreamedPut): Promise<StoredStream> {
    return putStream(this.#bucket, source, put);
  }

  async put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void> {
    const stored = await this.#bucket.put(key, bytes, { httpMetadata: { contentType } });
    checkSize("stored", key, stored.size, bytes.byteLength);
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += MAX_DELETE) {
      await this.#bucket.delete(keys.slice(from, from + MAX_DELETE));
    }
  }

  async list(prefix: string, limit: number, after?: string): Promise<string[]> {
    const keys: string[] = [];
    let startAfter = after;
    // R2 may answer fewer than asked for while there are more.
    for (;;) {
      const wanted = Math.min(MAX_LIST, limit - keys.length);
      if (wanted <= 0) return keys;
      const page = await this.#bucket.list({ prefix, limit: wanted, startAfter });
      keys.push(...page.objects.map((object) => object.key));
      if (!page.truncated) return keys;
      startAfter = keys.at(-1);
    }
  }

  async #getRange(key: string, offset: number, length: number): Promise<R2ObjectBody | null> {
    if (!(offset >= 0 && length > 0)) throw new RangeError(`Range ${offset}+${length} of "${key}" is empty`);
    const object = await this.#bucket.get(key, { range: { offset, length } });
    if (object === null || offset < object.size) return object;
    await object.body.cancel();
    throw new RangeError(`Range ${offset}+${length} lies outside of "${key}" (${object.size} bytes)`);
  }
}
