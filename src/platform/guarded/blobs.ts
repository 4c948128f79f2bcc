import type { Blobs, BlobStream, StoredStream, StreamedPut } from "../../ports/blobs.ts";
import type { Guard } from "./guard.ts";
import { guardOf } from "./guards.ts";
import type { Guarding } from "./guards.ts";
import { watchedSource } from "./watched-source.ts";

/** Objects are named by their content or never change, so all but streams may be asked for twice. */
export class GuardedBlobs implements Blobs {
  readonly #blobs: Blobs;
  readonly #guard: Guard;

  constructor(blobs: Blobs, guarding: Guarding) {
    this.#blobs = blobs;
    this.#guard = guardOf("blobs", guarding);
  }

  get(key: string): Promise<ArrayBuffer | null> {
    return this.#twice(() => this.#blobs.get(key));
  }

  getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    return this.#twice(() => this.#blobs.getRange(key, offset, length));
  }

  /** The timeout is for its beginning. */
  getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null> {
    return this.#twice(() => this.#blobs.getStream(key, range));
  }

  put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void> {
    return this.#twice(() => this.#blobs.put(key, bytes, contentType));
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.#twice(() => this.#blobs.delete(keys));
  }

  list(prefix: string, limit: number, after?: string): Promise<string[]> {
    return this.#twice(() => this.#blobs.list(prefix, limit, after));
  }

  /** As slow as who sends: only the store's own time is bounded, and only its own failures count. */
  async putStream(source: ReadableStream<Uint8Array>, put: StreamedPut): Promise<StoredStream> {
    this.#guard.enter();
    const watched = watchedSource(source);
    try {
      const stored = await Promise.race([this.#blobs.putStream(watched.stream, put), watched.stalled]);
      this.#guard.record(true);
      return stored;
    } catch (error) {
      this.#guard.record(watched.hasFailed());
      throw watched.hasFailed() ? error : this.#guard.mapped(error);
    } finally {
      watched.end();
    }
  }

  #twice<T>(work: () => Promise<T>): Promise<T> {
    return this.#guard.run({ work, isRepeatable: true });
  }
}
