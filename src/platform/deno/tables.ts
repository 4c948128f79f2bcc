import type { Client } from "@libsql/client";
import { FileClient } from "./file-client.ts";

const SCHEMA = [
  "CREATE TABLE IF NOT EXISTS kv (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL)",
  "CREATE INDEX IF NOT EXISTS jobs_by_due_at ON jobs (due_at, id)",
  "CREATE TABLE IF NOT EXISTS dead_jobs (id INTEGER PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL)",
];

/** What Workers keep in KV and Queues, in a libSQL file of its own: one process, no network, safe across restarts. */
export async function openTables(path: string): Promise<Client> {
  const client = new FileClient(path);
  await client.execute("PRAGMA journal_mode = WAL");
  await client.migrate(SCHEMA);
  return client;
}
