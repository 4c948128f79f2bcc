import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Blobs, BlobStream, StoredStream, StreamedPut } from "../../ports/blobs.ts";
import { clipRange } from "../memory/blobs.ts";

const NEW = ".new";
const PIECE_BYTES = 65_536;

/** Objects as files of one folder, named by their keys in percent encoding: flat, so that no key leaves the folder. */
export class FolderBlobs implements Blobs {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<FolderBlobs> {
    await mkdir(folder, { recursive: true });
    return new FolderBlobs(folder);
  }

  async get(key: string): Promise<ArrayBuffer | null> {
    const bytes = await readFile(this.#path(key)).catch(nullWhereMissing);
    return bytes === null ? null : bufferOf(bytes);
  }

  async getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    const file = await open(this.#path(key)).catch(nullWhereMissing);
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      const [from, to] = clipRange(key, size, offset, length);
      const bytes = new Uint8Array(to - from);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      if (bytesRead !== bytes.length)
        throw new Error(`Object "${key}": read ${bytesRead} bytes of ${bytes.length}`);
      return bytes.buffer;
    } finally {
      await file.close();
    }
  }

  async getStream(key: string, range?: { offset: number; length: number }): Promise<BlobStream | null> {
    const file = await open(this.#path(key)).catch(nullWhereMissing);
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      const [from, to] = range === undefined ? [0, size] : clipRange(key, size, range.offset, range.length);
      return { body: streamOf(file, from, to), size };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async putStream(source: ReadableStream<Uint8Array>, put: StreamedPut): Promise<StoredStream> {
    const temporary = this.#path(put.temporaryKey);
    try {
      const { sha256, bytes } = await writeStream(temporary, source);
      const key = put.keyOf(sha256);
      await rename(temporary, this.#path(key));
      return { key, sha256, bytes };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Under a temporary name first: a reader never sees half an object. The folder keeps no content types. */
  async put(key: string, bytes: ArrayBuffer | Uint8Array): Promise<void> {
    const path = this.#path(key);
    const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}${NEW}`;
    await writeFile(temporary, bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
    await rename(temporary, path);
  }

  async delete(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => rm(this.#path(key), { force: true })));
  }

  async list(prefix: string, limit: number, after?: string): Promise<string[]> {
    const names = (await readdir(this.#folder)).filter((name) => !name.endsWith(NEW));
    const keys = names
      .map(decodeURIComponent)
      .filter((key) => key.startsWith(prefix))
      .sort();
    return keys.filter((key) => after === undefined || key > after).slice(0, limit);
  }

  #path(key: string): string {
    const name = encodeURIComponent(key).replaceAll(".", "%2E");
    if (name.length > 240)
      throw new RangeError(`The key "${key.slice(0, 60)}…" is too long for a file's name`);
    return join(this.#folder, name);
  }
}

async function writeStream(path: string, source: ReadableStream<Uint8Array>) {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await open(path, "w");
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      await file.appendFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** The bytes `[from, to)` of a file, which is closed at their end. */
function streamOf(file: FileHandle, from: number, to: number): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = new Uint8Array(Math.min(PIECE_BYTES, to - at));
      const { bytesRead } =
        piece.length === 0 ? { bytesRead: 0 } : await file.read(piece, 0, piece.length, at);
      at += bytesRead;
      if (bytesRead > 0) controller.enqueue(piece.subarray(0, bytesRead));
      if (bytesRead > 0 && at < to) return;
      await file.close();
      if (at === to) controller.close();
      else controller.error(new Error(`A file of ${to} bytes ended after ${at}`));
    },
    cancel: () => file.close(),
  });
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
