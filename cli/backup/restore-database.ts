import { constants, existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Client } from "@libsql/client";
import { BackupError } from "../errors.ts";
import { copyRows, type CopyOptions } from "./copy-rows.ts";
import {
  countRows,
  type DatabasePlace,
  faultsOf,
  MARK,
  openFile,
  openTarget,
  schemaOf,
  tablesOf,
} from "./database.ts";
import { hashFile } from "./hash-file.ts";
import { DATABASE_FILE, type BackupManifest } from "./manifest.ts";

export interface RestoreOptions extends CopyOptions {
  folder: string;
  manifest: BackupManifest;
  place: DatabasePlace;
  overwrite: boolean;
  /** Everybody signs in anew: sessions that were ended since the backup would be there again. */
  endSessions: boolean;
}

/**
 * Puts the backup's database where `place` says, and holds its jobs back until `release`: what they need of the blobs is not
 * there yet. `false` where this very backup was put there before. Throws `BackupError` where something else is there.
 */
export async function restoreDatabase(options: RestoreOptions): Promise<boolean> {
  const { place, manifest, overwrite } = options;
  const found = await whatIsThere(place);
  if (found === markOf(manifest)) return false;
  if (found !== null && !overwrite) {
    const what = place.path ?? place.url;
    throw new BackupError(
      `"${what}" is not empty: --overwrite puts the backup in its place, and ends what is there`,
    );
  }
  if (place.path === null) await restoreRemote(options);
  else await restoreFile(options, place.path);
  return true;
}

/** Lets the jobs run that were held back: each that the snapshot knew of goes to the queue again, which is idempotent. */
export async function release(place: DatabasePlace): Promise<void> {
  const client = openTarget(place);
  try {
    const sql = (await tablesOf(client)).includes("outbox") ? ["UPDATE outbox SET sent_at = NULL"] : [];
    await client.batch([...sql, `DROP TABLE IF EXISTS ${MARK}`], "write");
  } finally {
    client.close();
  }
}

function markOf({ database, taken_at: takenAt }: BackupManifest): string {
  return `${takenAt} ${database.sha256}`;
}

/** The mark of the backup that is being restored there; `null` where nothing is, `""` for anything else. */
async function whatIsThere(place: DatabasePlace): Promise<string | null> {
  if (place.path !== null && !existsSync(place.path)) return null;
  const client = openTarget(place);
  try {
    const marks = await client.execute(`SELECT backup FROM ${MARK}`).catch(() => null);
    if (marks !== null) return String(marks.rows[0]?.backup ?? "");
    // The rows of the migrations are no data: a schema that was made and never used is empty.
    const { __drizzle_migrations: _, ...counts } = await countRows(client);
    return Object.values(counts).every((rows) => rows === 0) ? null : "";
  } finally {
    client.close();
  }
}

async function restoreFile(options: RestoreOptions, path: string): Promise<void> {
  const { folder, manifest } = options;
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.restored`;
  try {
    await copyFile(join(folder, DATABASE_FILE), fresh, constants.COPYFILE_FICLONE);
    const { sha256 } = await hashFile(fresh);
    if (sha256 !== manifest.database.sha256)
      throw new BackupError(`"${fresh}" was not written as it was read`);
    const client = openFile(fresh);
    try {
      await settle(client, options);
    } finally {
      client.close();
    }
    for (const end of ["-wal", "-shm", "-journal"]) await rm(`${path}${end}`, { force: true });
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}

async function restoreRemote(options: RestoreOptions): Promise<void> {
  const { folder, manifest, place } = options;
  const source = openFile(join(folder, DATABASE_FILE));
  const target = openTarget(place);
  try {
    await dropAll(target);
    await copyRows(source, target, options);
    const counts = await countRows(target);
    const wrong = Object.entries(manifest.database.tables).filter(([table, rows]) => counts[table] !== rows);
    const faults = [
      ...wrong.map(([table]) => `"${table}" has ${counts[table]} rows`),
      ...(await faultsOf(target)),
    ];
    if (faults.length > 0)
      throw new BackupError(`The database was not restored whole:\n  ${faults.join("\n  ")}`);
    await settle(target, options);
  } finally {
    source.close();
    target.close();
  }
}

async function dropAll(target: Client): Promise<void> {
  const parts = await schemaOf(target);
  const kinds = ["trigger", "view", "table"] as const;
  const drops = kinds.flatMap((kind) =>
    parts.filter(({ type }) => type === kind).map(({ name }) => `DROP ${kind.toUpperCase()} "${name}"`),
  );
  await target.migrate([...drops, `DROP TABLE IF EXISTS ${MARK}`]);
}

/** In one batch with the mark: what is marked is settled. */
async function settle(client: Client, { manifest, endSessions }: RestoreOptions): Promise<void> {
  const tables = new Set(await tablesOf(client));
  const now = Date.now();
  const statements = [
    ...(tables.has("outbox") ? [{ sql: "UPDATE outbox SET sent_at = ?", args: [now] }] : []),
    // A job is sent again for what waits too long: not before its original may be there.
    ...(tables.has("image_contents")
      ? [
          {
            sql: "UPDATE image_contents SET changed_at = ? WHERE state IN ('queued', 'processing')",
            args: [now],
          },
        ]
      : []),
    ...(endSessions && tables.has("sessions") ? [{ sql: "DELETE FROM sessions", args: [] }] : []),
    { sql: `CREATE TABLE ${MARK} (backup TEXT NOT NULL)`, args: [] },
    { sql: `INSERT INTO ${MARK} VALUES (?)`, args: [markOf(manifest)] },
  ];
  await client.batch(statements, "write");
}
