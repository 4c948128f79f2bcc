import { rm, stat } from "node:fs/promises";
import type { Client } from "@libsql/client";
import { BackupError } from "../errors.ts";
import { copyRows, type CopyOptions } from "./copy-rows.ts";
import { countRows, type DatabasePlace, faultsOf, openDatabase, openFile } from "./database.ts";

export interface SnapshotOptions extends CopyOptions {
  /** Nobody writes to it: it is read page by page, however long that takes. */
  isFrozen: boolean;
}

/**
 * The database as it is at one moment, as a SQLite file: by the engine itself where it is a file, else read in one
 * transaction. Writers go on meanwhile. Throws `BackupError` where what was read is not sound.
 */
export async function takeSnapshot(
  place: DatabasePlace,
  path: string,
  options: SnapshotOptions,
): Promise<Record<string, number>> {
  for (const end of ["", "-journal", "-wal", "-shm"]) await rm(`${path}${end}`, { force: true });
  const source = openDatabase(place);
  try {
    if (place.path !== null) await source.execute({ sql: "VACUUM INTO ?", args: [path] });
    else await copyRemote(source, path, options);
  } finally {
    source.close();
  }
  return checked(path);
}

async function copyRemote(source: Client, path: string, options: SnapshotOptions): Promise<void> {
  const copy = openFile(path);
  try {
    await copy.execute("PRAGMA synchronous = OFF");
    if (options.isFrozen) await copyFrozen(source, copy, options);
    else await copyInTransaction(source, copy, options);
  } finally {
    copy.close();
  }
}

async function copyInTransaction(source: Client, copy: Client, options: SnapshotOptions): Promise<void> {
  const transaction = await source.transaction("read");
  const began = performance.now();
  try {
    await copyRows(transaction, copy, options);
  } catch (error) {
    if (options.signal.aborted || error instanceof BackupError) throw error;
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    throw new BackupError(
      `Reading the database in one transaction failed after ${seconds} s: ${String(error)}\nA hosted database ends a transaction ` +
        "after some seconds. Back up a copy that nobody writes to instead, with --frozen:\n" +
        "  turso db create backup-copy --from-db NAME",
    );
  } finally {
    transaction.close();
  }
}

/** Should somebody write all the same, most of it shows: rows are counted before and after. */
async function copyFrozen(source: Client, copy: Client, options: SnapshotOptions): Promise<void> {
  const before = await countRows(source);
  await copyRows(source, copy, options);
  const [after, copied] = [await countRows(source), await countRows(copy)];
  const changed = Object.keys({ ...before, ...after }).filter(
    (table) => before[table] !== after[table] || after[table] !== copied[table],
  );
  if (changed.length === 0) return;
  throw new BackupError(
    `Somebody writes to the database, which --frozen says nobody does: ${changed.join(", ")}`,
  );
}

async function checked(path: string): Promise<Record<string, number>> {
  if ((await stat(path)).size === 0) throw new BackupError("The snapshot of the database is empty");
  const copy = openFile(path);
  try {
    // One file: a backup has no journal beside it.
    await copy.execute("PRAGMA journal_mode = DELETE");
    const faults = await faultsOf(copy);
    if (faults.length === 0) return await countRows(copy);
    throw new BackupError(`The database is damaged:\n  ${faults.join("\n  ")}`);
  } finally {
    copy.close();
  }
}
