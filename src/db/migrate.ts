import type { Client, InStatement } from "@libsql/client";
import type { Migration } from "./migration.ts";
import { MIGRATIONS } from "./migrations.ts";

// The table and its columns are drizzle-kit's own, so that its `migrate` sees what was applied here.
const CREATE_TABLE =
  "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)";
const LAST_APPLIED = "SELECT created_at FROM __drizzle_migrations ORDER BY created_at DESC LIMIT 1";
const RECORD = "INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)";

async function lastApplied(client: Client): Promise<number> {
  const { rows } = await client.execute(LAST_APPLIED);
  return rows.length === 0 ? 0 : Number(rows[0].created_at);
}

/**
 * Brings a database to the newest schema: each pending migration in a transaction of its own. Safe to run again and by
 * two processes at once. Returns the tags it applied; a failing statement throws with the migration's tag.
 */
export async function migrate(
  client: Client,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  await client.execute(CREATE_TABLE);
  const applied: string[] = [];
  let last = await lastApplied(client);
  for (const migration of migrations) {
    if (migration.createdAt <= last) continue;
    const record: InStatement = { sql: RECORD, args: [migration.hash, migration.createdAt] };
    try {
      await client.migrate([...migration.statements, record]);
      applied.push(migration.tag);
    } catch (cause) {
      last = await lastApplied(client);
      if (migration.createdAt > last)
        throw new Error(`Cannot apply the migration "${migration.tag}"`, { cause });
    }
  }
  return applied;
}
