import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sha256OfKey } from "../../src/domain/kept-blob.ts";
import { itemsOf, record, type Api } from "../api.ts";
import { ApiError, BackupError } from "../errors.ts";
import { patiently, type Patience } from "../patience.ts";
import { hashFile } from "./hash-file.ts";

const PATH = "/v1/admin/blobs";
const TYPE = "application/octet-stream";

export interface Store extends Patience {
  api: Api;
  /** Of the backup. */
  folder: string;
}

/** Where a backup keeps a blob: as its key has it, so that tools of the store's own can copy the folder. */
export function blobPath(folder: string, key: string): string {
  return join(folder, "blobs", key);
}

/** Keys of all blobs of the deployment, in order. */
export async function* storedKeys({ api, signal, onRetry }: Store): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const query = { cursor };
    const answer = await patiently(() => api.call({ path: PATH, query, signal }), { signal, onRetry });
    const page = record(answer);
    for (const item of itemsOf(page)) yield String(record(item).key);
    cursor = typeof page.next_cursor === "string" ? page.next_cursor : undefined;
  } while (cursor !== undefined);
}

/**
 * Fetches a blob into its place; it is there once its hash is right. Answers its length, `null` where the deployment has it
 * no more. Throws `BackupError` for bytes that are not those the key names.
 */
export async function fetchBlob(store: Store, key: string): Promise<number | null> {
  const path = blobPath(store.folder, key);
  await mkdir(dirname(path), { recursive: true });
  try {
    return await patiently(() => fetchOnce(store, key, path), store);
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 404) return null;
    throw error;
  } finally {
    await rm(`${path}.new`, { force: true });
  }
}

async function fetchOnce({ api, signal }: Store, key: string, path: string): Promise<number> {
  const hash = createHash("sha256");
  let bytes = 0;
  const pieces = api.stream({ path: `${PATH}/object`, query: { key }, signal });
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(`${path}.new`));
  const [promised, actual] = [sha256OfKey(key), hash.digest("hex")];
  if (promised !== null && promised !== actual)
    throw new BackupError(`The deployment's blob "${key}" is damaged: its SHA-256 is ${actual}`);
  await rename(`${path}.new`, path);
  return bytes;
}

/** Puts a blob of the backup where the deployment had it, which checks its bytes. */
export async function sendBlob(store: Store, key: string): Promise<void> {
  const { api, signal, folder } = store;
  const path = blobPath(folder, key);
  const { bytes, sha256 } = await hashFile(path);
  const digest = `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;
  await patiently(async () => {
    const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    const headers = { "Content-Type": TYPE, "Content-Digest": digest };
    const call = { method: "PUT", path: `${PATH}/object`, query: { key }, headers, signal, isLong: true };
    return api.call({ ...call, ...(bytes === 0 ? {} : { source: { stream, bytes } }) });
  }, store);
}
