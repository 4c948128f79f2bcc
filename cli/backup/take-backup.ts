import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { sha256OfKey } from "../../src/domain/kept-blob.ts";
import { BackupError } from "../errors.ts";
import {
  BLOB_LIST,
  DATABASE_FILE,
  FORMAT,
  isFinished,
  writeManifest,
  type BackupManifest,
} from "./manifest.ts";
import { writeBlobList } from "./blob-list.ts";
import { blobPath, fetchBlob, storedKeys, type Store } from "./blob-store.ts";
import { newestMigration, openFile, type DatabasePlace } from "./database.ts";
import { hashFile } from "./hash-file.ts";
import { referredKeys } from "./references.ts";
import { takeSnapshot } from "./snapshot.ts";

const AT_ONCE = 4;

export interface BackupOptions extends Store {
  place: DatabasePlace;
  isFrozen: boolean;
  /** Goes on with what an interrupted backup has fetched. */
  resume: boolean;
  onProgress: (done: { rows: number; blobs: number; bytes: number; step: string }) => void;
}

/**
 * Blobs first, then the snapshot of the database, then the blobs that came in between: whatever the snapshot names was
 * there at one of the two times, unless it was deleted. The manifest is written last.
 */
export async function takeBackup(options: BackupOptions): Promise<BackupManifest> {
  const { folder, place, signal, isFrozen } = options;
  await prepareFolder(folder, options.resume);
  const done = { rows: 0, blobs: 0, bytes: 0, step: "blobs" };
  const count = (bytes: number | null): void => {
    if (bytes === null) return;
    done.blobs++;
    done.bytes += bytes;
    options.onProgress(done);
  };
  await fetchMissing(options, count);
  done.step = "database";
  const takenAt = new Date().toISOString();
  const onRows = (rows: number): void => {
    done.rows += rows;
    options.onProgress(done);
  };
  const tables = await takeSnapshot(place, join(folder, DATABASE_FILE), { signal, isFrozen, onRows });
  done.step = "blobs since";
  await fetchMissing(options, count);
  return finish(options, { takenAt, tables });
}

async function prepareFolder(folder: string, resume: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  if (names.length === 0) return;
  if (await isFinished(folder))
    throw new BackupError(`"${folder}" holds a finished backup, which stays as it is: name another folder`);
  const isOurs = names.every((name) =>
    [DATABASE_FILE, BLOB_LIST, "blobs"].some((one) => name.startsWith(one)),
  );
  if (!isOurs) throw new BackupError(`"${folder}" is not empty, and holds no backup`);
  if (!resume)
    throw new BackupError(`"${folder}" holds a backup that was not finished: --resume goes on with it`);
}

/** Fetches what is not there yet, some at once; what is named by its bytes is never fetched twice. */
async function fetchMissing(store: Store, onBlob: (bytes: number | null) => void): Promise<void> {
  const keys = storedKeys(store);
  const work = async (): Promise<void> => {
    for await (const key of keys) {
      const isThere = sha256OfKey(key) !== null && existsSync(blobPath(store.folder, key));
      if (!isThere) onBlob(await fetchBlob(store, key));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function finish(
  options: BackupOptions,
  { takenAt, tables }: { takenAt: string; tables: Record<string, number> },
): Promise<BackupManifest> {
  const { folder } = options;
  const path = join(folder, DATABASE_FILE);
  const database = openFile(path);
  let lost: string[];
  let schema: number;
  try {
    schema = await newestMigration(database);
    lost = await lostKeys(options, referredKeys(database));
  } finally {
    database.close();
  }
  const blobs = await writeBlobList(folder);
  const file = await hashFile(path);
  const manifest = { format: FORMAT, taken_at: takenAt, schema, database: { ...file, tables }, blobs, lost };
  await writeManifest(folder, manifest);
  return manifest;
}

async function lostKeys(store: Store, referred: AsyncIterable<string>): Promise<string[]> {
  const lost: string[] = [];
  for await (const key of referred) {
    if (existsSync(blobPath(store.folder, key))) continue;
    if ((await fetchBlob(store, key)) === null) lost.push(key);
  }
  return lost;
}
