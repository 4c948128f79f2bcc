import { createHash } from "node:crypto";
import type { StoredStream, StreamedPut } from "../../ports/blobs.ts";
import { PART_BYTES } from "../streamed-parts.ts";

// Most uploads fit into one of these, and outgrown buffers are garbage.
const BUFFER_BYTES = [65_536, 524_288, PART_BYTES] as const;

/** `Blobs.putStream` on R2: what fits into one part is put at once, what does not is sent part by part. */
export async function putStream(
  bucket: R2Bucket,
  source: ReadableStream<Uint8Array>,
  put: StreamedPut,
): Promise<StoredStream> {
  const parts = new PartReader(source.getReader());
  try {
    const first = await parts.next();
    return await (parts.ended ? putWhole(bucket, first, put) : putInParts(bucket, first, parts, put));
  } catch (error) {
    parts.cancel(error);
    throw error;
  }
}

async function putWhole(
  bucket: R2Bucket,
  bytes: Uint8Array,
  { keyOf, contentType }: StreamedPut,
): Promise<StoredStream> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const key = keyOf(sha256);
  const stored = await bucket.put(key, bytes, { httpMetadata: { contentType } });
  checkSize("stored", key, stored.size, bytes.length);
  return { key, sha256, bytes: bytes.length };
}

async function putInParts(
  bucket: R2Bucket,
  first: Uint8Array,
  rest: PartReader,
  { temporaryKey, keyOf, contentType }: StreamedPut,
): Promise<StoredStream> {
  const upload = await bucket.createMultipartUpload(temporaryKey, { httpMetadata: { contentType } });
  try {
    const { sha256, bytes, parts } = await sendParts(upload, first, rest);
    const key = keyOf(sha256);
    await upload.complete(parts);
    await move(bucket, temporaryKey, key, bytes);
    return { key, sha256, bytes };
  } catch (error) {
    // One of the two is there, or none: both calls pass over what is missing.
    await Promise.allSettled([upload.abort(), bucket.delete(temporaryKey)]);
    throw error;
  }
}

async function sendParts(upload: R2MultipartUpload, first: Uint8Array, rest: PartReader) {
  const hash = createHash("sha256");
  const parts: R2UploadedPart[] = [];
  let bytes = 0;
  for (let part = first; part.length > 0; part = await rest.next()) {
    hash.update(part);
    bytes += part.length;
    parts.push(await upload.uploadPart(parts.length + 1, part));
  }
  return { sha256: hash.digest("hex"), bytes, parts };
}

/** R2's binding cannot copy, but what it reads it can write without the bytes passing through the isolate's heap. */
async function move(bucket: R2Bucket, from: string, to: string, bytes: number): Promise<void> {
  const object = await bucket.get(from);
  if (object === null) throw new Error(`Object "${from}": gone before it was moved`);
  const { httpMetadata } = object;
  const stored = await bucket.put(to, object.body, { httpMetadata });
  checkSize("stored", to, stored.size, bytes);
  await bucket.delete(from);
}

/** Throws where a store answers another size than it was given: the rest is lost. */
export function checkSize(verb: string, key: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`Object "${key}": ${verb} ${actual} bytes of ${expected}`);
}

/** A stream in pieces of `PART_BYTES`, the last one shorter: each is the same memory, good until the next is asked for. */
class PartReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #buffer = new Uint8Array(BUFFER_BYTES[0]);
  #rest: Uint8Array = new Uint8Array();
  #ended = false;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  /** Whether the piece given last was the last. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Empty after the end. */
  async next(): Promise<Uint8Array> {
    let length = 0;
    while (length < PART_BYTES && (await this.#hasMore())) {
      const taken = this.#rest.subarray(0, PART_BYTES - length);
      this.#reserve(length, length + taken.length);
      this.#buffer.set(taken, length);
      this.#rest = this.#rest.subarray(taken.length);
      length += taken.length;
    }
    return this.#buffer.subarray(0, length);
  }

  cancel(reason: unknown): void {
    this.#reader.cancel(reason).catch(() => undefined);
  }

  async #hasMore(): Promise<boolean> {
    while (this.#rest.length === 0 && !this.#ended) {
      const { done, value } = await this.#reader.read();
      this.#ended = done;
      if (value !== undefined) this.#rest = value;
    }
    return this.#rest.length > 0;
  }

  #reserve(held: number, needed: number): void {
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(BUFFER_BYTES.find((bytes) => bytes >= needed) ?? PART_BYTES);
    grown.set(this.#buffer.subarray(0, held));
    this.#buffer = grown;
  }
}
