import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createClient, type Client, type InStatement, type ResultSet } from "@libsql/client";
import type { Invocation } from "../command.ts";
import { BackupError, UsageError } from "../errors.ts";

/** A client, or a transaction of one. */
export interface Reader {
  execute(statement: InStatement): Promise<ResultSet>;
}

/** Tables of the engine itself are none of ours. */
const OURS = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'libsql\\_%' ESCAPE '\\'";
/** Tells which backup a database is being restored from, until its blobs are there too. */
export const MARK = "__vitrine_restore";

export interface DatabasePlace {
  url: string;
  authToken: string | undefined;
  /** Where the database is a file of this machine. */
  path: string | null;
}

/** `--database`, or `TURSO_DATABASE_URL` with `TURSO_AUTH_TOKEN`; a path is a file. Throws `UsageError`. */
export function databasePlace({ text, environment }: Invocation): DatabasePlace {
  const given = text("database") ?? environment.TURSO_DATABASE_URL ?? "";
  if (given === "")
    throw new UsageError("Name the database: --database file:.vitrine/vitrine.db, or libsql://…");
  const authToken = environment.TURSO_AUTH_TOKEN;
  if (/^(?:libsql|https?|wss?):\/\//.test(given)) return { url: given, authToken, path: null };
  if (/^[a-z]+:\/\//.test(given) && !given.startsWith("file:"))
    throw new UsageError(`--database is "${given}": a file or the URL of a libSQL database is needed`);
  const path = given.startsWith("file://") ? fileURLToPath(given) : given.replace(/^file:/, "");
  return { url: pathToFileURL(path).href, authToken: undefined, path };
}

/** With integers as `bigint`, so that none changes on its way. A file that is not there is made. */
export function openTarget({ url, authToken }: Pick<DatabasePlace, "url" | "authToken">): Client {
  return createClient({ url, intMode: "bigint", ...(authToken === undefined ? {} : { authToken }) });
}

/** Throws `BackupError` for a file that is not there. */
export function openDatabase(place: DatabasePlace): Client {
  const { path } = place;
  if (path !== null && !existsSync(path)) throw new BackupError(`There is no database "${path}"`);
  return openTarget(place);
}

export function openFile(path: string): Client {
  return openTarget({ url: pathToFileURL(path).href, authToken: undefined });
}

export interface SchemaPart {
  type: "table" | "index" | "trigger" | "view";
  name: string;
  sql: string;
}

/** What the schema is made of, tables first, as it was written. */
export async function schemaOf(reader: Reader): Promise<SchemaPart[]> {
  const { rows } = await reader.execute(
    `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND ${OURS} AND name <> '${MARK}'
      ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END, rowid`,
  );
  return rows.map(({ type, name, sql }) => ({
    type: String(type) as SchemaPart["type"],
    name: String(name),
    sql: String(sql),
  }));
}

export async function tablesOf(reader: Reader): Promise<string[]> {
  const parts = await schemaOf(reader);
  return parts.filter(({ type }) => type === "table").map(({ name }) => name);
}

export async function countRows(reader: Reader): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of (await tablesOf(reader)).toSorted()) {
    const { rows } = await reader.execute(`SELECT count(*) AS n FROM "${table}"`);
    counts[table] = Number(rows[0].n);
  }
  return counts;
}

/** `created_at` of the newest migration. Throws `BackupError` where it is no database of ours. */
export async function newestMigration(reader: Reader): Promise<number> {
  const { rows } = await reader
    .execute("SELECT max(created_at) AS newest FROM __drizzle_migrations")
    .catch(() => ({ rows: [] }));
  const newest = Number(rows[0]?.newest ?? 0);
  if (newest > 0) return newest;
  throw new BackupError("The database is none of Vitrine: no migration was ever applied to it");
}

/** What the engine finds wrong in it, a line each; empty where it is sound. */
export async function faultsOf(reader: Reader): Promise<string[]> {
  const integrity = await reader.execute("PRAGMA integrity_check(20)");
  const foreign = await reader.execute("PRAGMA foreign_key_check");
  const lines = integrity.rows.map((row) => String(row[0])).filter((line) => line !== "ok");
  const orphans = foreign.rows
    .slice(0, 20)
    .map((row) => `a row of "${String(row[0])}" refers to one of "${String(row[2])}" that is not there`);
  return [...lines, ...orphans];
}
