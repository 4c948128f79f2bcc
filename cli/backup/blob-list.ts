import { createReadStream } from "node:fs";
import { opendir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isKeptBlob, sha256OfKey } from "../../src/domain/kept-blob.ts";
import { BackupError } from "../errors.ts";
import { blobPath } from "./blob-store.ts";
import { hashFile } from "./hash-file.ts";
import { BLOB_LIST, type BackupManifest, type KeptFile } from "./manifest.ts";

export interface ListedBlob extends KeptFile {
  key: string;
}

/** Keys of the blobs that lie in the folder, in no order. */
export async function* keptKeys(folder: string): AsyncGenerator<string> {
  const root = join(folder, "blobs");
  const entries = await opendir(root, { recursive: true }).catch(() => null);
  if (entries === null) return;
  for await (const entry of entries) {
    const key = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (entry.isFile() && isKeptBlob(key)) yield key;
  }
}

/** Lists what lies in the folder. The hash is the one in the key, which was checked when the blob came. */
export async function writeBlobList(folder: string): Promise<BackupManifest["blobs"]> {
  const path = join(folder, BLOB_LIST);
  const file = await open(path, "w");
  const sum = { count: 0, bytes: 0 };
  try {
    for await (const key of keptKeys(folder)) {
      const blob = await measure(folder, key);
      await file.write(`${JSON.stringify({ key, bytes: blob.bytes, sha256: blob.sha256 })}\n`);
      sum.count++;
      sum.bytes += blob.bytes;
    }
  } finally {
    await file.close();
  }
  const list = await hashFile(path);
  return { ...sum, list_bytes: list.bytes, sha256: list.sha256 };
}

async function measure(folder: string, key: string): Promise<KeptFile> {
  const sha256 = sha256OfKey(key);
  const path = blobPath(folder, key);
  return sha256 === null ? hashFile(path) : { bytes: (await stat(path)).size, sha256 };
}

/** The list, line by line. Its own hash is to be checked before. Throws `BackupError` for a line that is none. */
export async function* readBlobList(folder: string): AsyncGenerator<ListedBlob> {
  const path = join(folder, BLOB_LIST);
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const blob = JSON.parse(line) as ListedBlob;
    if (!isKeptBlob(blob.key))
      throw new BackupError(`"${path}" names a blob that no backup holds: "${blob.key}"`);
    yield blob;
  }
}
