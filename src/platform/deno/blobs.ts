import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Blobs } from "../../ports/blobs.ts";
import { clipRange } from "../memory/blobs.ts";

const NEW = ".new";

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

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
