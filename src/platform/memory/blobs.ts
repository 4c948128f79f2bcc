import { sha256Hex } from "../../domain/digest.ts";
import type { Blobs, BlobStream, StoredStream, StreamedPut } from "../../ports/blobs.ts";

const PIECE_BYTES = 65_536;

interface Blob {
  bytes: Uint8Array;
  contentType: string;
}

/** The clipped range of an object, or an error where it starts past the end (as R2 answers it). */
export function clipRange(key: string, sizeBytes: number, offset: number, length: number): [number, number] {
  if (!(offset >= 0 && length > 0 && offset < sizeBytes)) {
    throw new RangeError(`Range ${offset}+${length} lies outside of "${key}" (${sizeBytes} bytes)`);
  }
  return [offset, Math.min(sizeBytes, offset + length)];
}

export class MemoryBlobs implements Blobs {
  readonly #blobs = new Map<string, Blob>();

  async get(key: string): Promise<ArrayBuffer | null> {
    const blob = this.#blobs.get(key);
    return blob === undefined ? null : copyOf(blob.bytes);
  }

  async getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    const blob = this.#blobs.get(key);
    if (blob === undefined) return null;
    return copyOf(blob.bytes.subarray(...clipRange(key, blob.bytes.length, offset, length)));
  }

  async getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null> {
    const size = this.#blobs.get(key)?.bytes.length;
    const bytes = await (range === undefined
      ? this.get(key)
      : this.getRange(key, range.offset, range.length));
    if (bytes === null || size === undefined) return null;
    return { body: streamOf(new Uint8Array(bytes)), size };
  }

  async putStream(
    source: ReadableStream<Uint8Array>,
    { keyOf, contentType }: StreamedPut,
  ): Promise<StoredStream> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of source) chunks.push(chunk.slice());
    const bytes = new Uint8Array(Buffer.concat(chunks));
    const sha256 = await sha256Hex(bytes);
    const key = keyOf(sha256);
    await this.put(key, bytes, contentType);
    return { key, sha256, bytes: bytes.length };
  }

  async put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void> {
    const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
    this.#blobs.set(key, { bytes: new Uint8Array(copyOf(view)), contentType });
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#blobs.delete(key);
  }

  async list(prefix: string, limit: number, after?: string): Promise<string[]> {
    const keys = [...this.#blobs.keys()].filter((key) => key.startsWith(prefix)).sort();
    const rest = after === undefined ? keys : keys.filter((key) => key > after);
    return rest.slice(0, limit);
  }

  contentType(key: string): string | undefined {
    return this.#blobs.get(key)?.contentType;
  }
}

/** In pieces, as a store sends them. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + PIECE_BYTES));
      offset += PIECE_BYTES;
    },
  });
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
