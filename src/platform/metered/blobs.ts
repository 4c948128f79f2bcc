import type { Blobs, BlobStream, StoredStream, StreamedPut } from "../../ports/blobs.ts";
import type { Receipt } from "../../ports/receipt.ts";
import { operationsOf } from "../streamed-parts.ts";

/** What R2 gives with one listing. */
const LISTED = 1_000;

/** Counts what R2 would bill, whatever the store. */
export class MeteredBlobs implements Blobs {
  readonly #blobs: Blobs;
  readonly #receipt: Receipt;

  constructor(blobs: Blobs, receipt: Receipt) {
    this.#blobs = blobs;
    this.#receipt = receipt;
  }

  get(key: string): Promise<ArrayBuffer | null> {
    this.#receipt.blobReads++;
    return this.#blobs.get(key);
  }

  getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    this.#receipt.blobReads++;
    return this.#blobs.getRange(key, offset, length);
  }

  getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null> {
    this.#receipt.blobReads++;
    return this.#blobs.getStream(key, range);
  }

  put(key: string, bytes: ArrayBuffer | Uint8Array, contentType: string): Promise<void> {
    this.#receipt.blobWrites++;
    return this.#blobs.put(key, bytes, contentType);
  }

  /** Counts once it is stored: how much a stream has is known at its end. */
  async putStream(source: ReadableStream<Uint8Array>, put: StreamedPut): Promise<StoredStream> {
    const stored = await this.#blobs.putStream(source, put);
    const { reads, writes } = operationsOf(stored.bytes);
    this.#receipt.blobReads += reads;
    this.#receipt.blobWrites += writes;
    return stored;
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.#blobs.delete(keys);
  }

  async list(prefix: string, limit: number, after?: string): Promise<string[]> {
    const keys = await this.#blobs.list(prefix, limit, after);
    this.#receipt.blobWrites += Math.max(1, Math.ceil(keys.length / LISTED));
    return keys;
  }
}
