import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BackupError } from "../errors.ts";

export const FORMAT = 1;
export const DATABASE_FILE = "database.db";
export const BLOB_LIST = "blobs.ndjson";
const MANIFEST_FILE = "manifest.json";

/** A file of the backup, and what it must be. */
export interface KeptFile {
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
}

/** What a backup is: written last, so that a folder without it is one that was not finished. */
export interface BackupManifest {
  format: number;
  /** When the snapshot of the database was taken: nothing of later is in it, but blobs may be. */
  taken_at: string;
  /** `created_at` of the newest migration that the database has. */
  schema: number;
  database: KeptFile & { tables: Readonly<Record<string, number>> };
  /** `sha256` and `list_bytes` are of the list. */
  blobs: { count: number; bytes: number; list_bytes: number; sha256: string };
  /** Blobs that the database names and the store had not: lost before, or deleted since the snapshot. */
  lost: readonly string[];
}

export function isFinished(folder: string): Promise<boolean> {
  return readFile(join(folder, MANIFEST_FILE)).then(
    () => true,
    () => false,
  );
}

export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  const text = JSON.stringify({ ...manifest, digest: digestOf(manifest) }, null, 2);
  await writeFile(`${path}.new`, `${text}\n`);
  await rename(`${path}.new`, path);
}

/** Throws `BackupError` where the folder holds no finished backup, or one that this program cannot read. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path, "utf8").catch(() => {
    throw new BackupError(`"${folder}" holds no finished backup: it has no ${MANIFEST_FILE}`);
  });
  const { digest, ...manifest } = parsed(path, text);
  if (manifest.format !== FORMAT) {
    const known = `this version of Vitrine reads format ${FORMAT}`;
    throw new BackupError(`"${path}" is of format ${String(manifest.format)}: ${known}`);
  }
  if (digest !== digestOf(manifest))
    throw new BackupError(`"${path}" is damaged: its digest is not the one of its content`);
  return manifest;
}

function parsed(path: string, text: string): BackupManifest & { digest: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    // Sound once the digest is right, which is checked before anything of it is used.
    if (typeof value === "object" && value !== null) return value as BackupManifest & { digest: unknown };
  } catch {
    // Said below.
  }
  throw new BackupError(`"${path}" is damaged: it is not JSON`);
}

function digestOf(manifest: object): string {
  return createHash("sha256").update(JSON.stringify(manifest)).digest("hex");
}
