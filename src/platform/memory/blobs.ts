import type { Blobs } from "../../ports/blobs.ts";

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

function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
