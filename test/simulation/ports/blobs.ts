import type { MemoryBlobs } from "../../../src/platform/memory/blobs.ts";
import type { Blobs, BlobStream, StoredStream, StreamedPut } from "../../../src/ports/blobs.ts";
import type { Chances, Invocation } from "../invocation.ts";
import { asPresentReads, asNextStores } from "../versions.ts";

/** Told of each deletion before it happens, and of nothing else. */
export type OnDelete = (keys: readonly string[], who: string) => void;

/**
 * R2 as an invocation has it: strongly consistent once it has answered (developers.cloudflare.com/r2/reference/consistency),
 * but a call may fail before it has done anything or after it has done all, and what streams in parts may end in the middle
 * and leave its parts behind (developers.cloudflare.com/r2/objects/multipart-objects).
 */
export class SimBlobs implements Blobs {
  readonly #chances: Chances;
  readonly #invocation: Invocation;
  readonly #store: MemoryBlobs;
  readonly #onDelete: OnDelete;

  constructor(chances: Chances, invocation: Invocation, store: MemoryBlobs, onDelete: OnDelete) {
    this.#chances = chances;
    this.#invocation = invocation;
    this.#store = store;
    this.#onDelete = onDelete;
  }

  get(key: string): Promise<ArrayBuffer | null> {
    return this.#call(`get ${key}`, 15, async () => this.#read(key, await this.#store.get(key)));
  }

  getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    return this.#call(`getRange ${key}`, 15, () => this.#store.getRange(key, offset, length));
  }

  getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null> {
    return this.#call(`getStream ${key}`, 15, () => this.#store.getStream(key, range));
  }

  put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void> {
    const given = this.#invocation.place.isNext ? asNextStores(key, bytes) : bytes;
    return this.#call(`put ${key}`, 25, () => this.#store.put(key, given, contentType));
  }

  async putStream(source: ReadableStream<Uint8Array>, put: StreamedPut): Promise<StoredStream> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of source) chunks.push(chunk.slice());
    const bytes = new Uint8Array(Buffer.concat(chunks));
    await this.#invocation.travel(10);
    if (this.#invocation.chance(this.#chances.faults.blobPartial)) {
      await this.#store.put(put.temporaryKey, bytes.slice(0, bytes.length / 2), put.contentType);
      this.#invocation.note(`blobs.putStream ${put.temporaryKey}: broke off`);
      throw new Error("put: We encountered an internal error. Please try again. (10001)");
    }
    const whole = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    return this.#call(`putStream ${bytes.length}`, 25, () => this.#store.putStream(whole, put));
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.#call(`delete ${keys.join(" ")}`, 15, () => {
      this.#onDelete(keys, this.#invocation.label);
      return this.#store.delete(keys);
    });
  }

  list(prefix: string, limit: number, after?: string): Promise<string[]> {
    return this.#call(`list ${prefix}`, 20, () => this.#store.list(prefix, limit, after));
  }

  #read(key: string, bytes: ArrayBuffer | null): ArrayBuffer | null {
    return bytes === null || !this.#invocation.place.isNext ? bytes : asPresentReads(key, bytes);
  }

  async #call<T>(what: string, typicalMs: number, effect: () => Promise<T>): Promise<T> {
    const { faults } = this.#chances;
    const failure = (): Error => new Error("We encountered an internal error. Please try again. (10001)");
    await this.#invocation.travel(typicalMs / 2);
    if (this.#invocation.chance(faults.blobFailsBefore)) {
      this.#invocation.note(`blobs.${what}: failed before`);
      throw failure();
    }
    const result = await effect();
    this.#invocation.note(`blobs.${what}`);
    await this.#invocation.travel(typicalMs / 2);
    if (!this.#invocation.chance(faults.blobFailsAfter)) return result;
    this.#invocation.note(`blobs.${what}: answer lost`);
    throw failure();
  }
}
