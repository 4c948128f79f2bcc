import { existsSync } from "node:fs";
import { join } from "node:path";
import { sha256OfKey } from "../../src/domain/kept-blob.ts";
import { BackupError } from "../errors.ts";
import { keptKeys, readBlobList } from "./blob-list.ts";
import { blobPath } from "./blob-store.ts";
import { countRows, faultsOf, openFile } from "./database.ts";
import { hashFile } from "./hash-file.ts";
import { BLOB_LIST, DATABASE_FILE, readManifest, type BackupManifest, type KeptFile } from "./manifest.ts";
import { referredKeys } from "./references.ts";

export interface VerifyOptions {
  folder: string;
  signal: AbortSignal;
  onBlob: (done: number, count: number) => void;
}

/** Of each kind of fault, so that a backup that lies in pieces does not fill the screen. */
const MAX_TOLD = 20;

export interface Verified {
  manifest: BackupManifest;
  /** A line each; empty where the backup is whole. */
  faults: string[];
}

/**
 * Reads the whole backup against its manifest: hashes and lengths of every file, the database by the engine, its rows, and
 * that each blob the database names is there. Throws `BackupError` where there is no manifest to go by.
 */
export async function verifyBackup(options: VerifyOptions): Promise<Verified> {
  const { folder } = options;
  const manifest = await readManifest(folder);
  const faults = await fileFaults(join(folder, DATABASE_FILE), DATABASE_FILE, manifest.database);
  if (faults.length === 0) faults.push(...(await databaseFaults(folder, manifest)));
  const list = { bytes: manifest.blobs.list_bytes, sha256: manifest.blobs.sha256 };
  const listFaults = await fileFaults(join(folder, BLOB_LIST), BLOB_LIST, list);
  faults.push(...listFaults);
  if (listFaults.length === 0) faults.push(...(await blobFaults(options, manifest)));
  return { manifest, faults };
}

/** As `verifyBackup`; throws `BackupError` with what is wrong where anything is. */
export async function requireWhole(options: VerifyOptions): Promise<BackupManifest> {
  const { manifest, faults } = await verifyBackup(options);
  if (faults.length === 0) return manifest;
  throw new BackupError(`The backup "${options.folder}" is damaged:\n  ${faults.join("\n  ")}`);
}

async function fileFaults(path: string, name: string, expected: KeptFile): Promise<string[]> {
  if (!existsSync(path)) return [`"${name}" is missing`];
  const { bytes, sha256 } = await hashFile(path);
  if (bytes !== expected.bytes) return [`"${name}" has ${bytes} bytes in place of ${expected.bytes}`];
  return sha256 === expected.sha256 ? [] : [`"${name}" was changed: its SHA-256 is ${sha256}`];
}

async function databaseFaults(folder: string, { database, lost }: BackupManifest): Promise<string[]> {
  const client = openFile(join(folder, DATABASE_FILE));
  try {
    const faults = await faultsOf(client);
    const counts = await countRows(client);
    for (const [table, rows] of Object.entries(database.tables))
      if (counts[table] !== rows)
        faults.push(`"${table}" has ${counts[table] ?? 0} rows in place of ${rows}`);
    const absent: string[] = [];
    const known = new Set(lost);
    for await (const key of referredKeys(client))
      if (!known.has(key) && !existsSync(blobPath(folder, key))) absent.push(key);
    return [...faults, ...told(absent, (key) => `the database names the blob "${key}", which is missing`)];
  } finally {
    client.close();
  }
}

async function blobFaults(options: VerifyOptions, { blobs }: BackupManifest): Promise<string[]> {
  const { folder, signal, onBlob } = options;
  const faults: string[] = [];
  let count = 0;
  for await (const { key, ...expected } of readBlobList(folder)) {
    signal.throwIfAborted();
    const promised = sha256OfKey(key) ?? expected.sha256;
    faults.push(...(await fileFaults(blobPath(folder, key), key, { ...expected, sha256: promised })));
    onBlob(++count, blobs.count);
  }
  if (count !== blobs.count) faults.push(`"${BLOB_LIST}" names ${count} blobs in place of ${blobs.count}`);
  let found = 0;
  for await (const _ of keptKeys(folder)) found++;
  if (found > count) faults.push(`${found - count} blobs lie in the folder that its list does not name`);
  return told(faults, (fault) => fault);
}

function told<T>(all: readonly T[], line: (one: T) => string): string[] {
  const lines = all.slice(0, MAX_TOLD).map(line);
  return all.length > MAX_TOLD ? [...lines, `and ${all.length - MAX_TOLD} more`] : lines;
}
