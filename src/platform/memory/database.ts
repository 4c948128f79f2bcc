import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Client } from "@libsql/client";
import { migrate } from "../../db/migrate.ts";

export interface TemporaryDatabase {
  client: Client;
  file: string;
  close(): void;
}

/**
 * A migrated libSQL database in a temporary file, with the engine's real behaviour. Not `:memory:`: the client loses
 * that database with every transaction.
 */
export async function openTemporaryDatabase(): Promise<TemporaryDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-db-"));
  const file = join(folder, "test.db");
  const client = createClient({ url: `file:${file}` });
  const close = (): void => {
    client.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await client.execute("PRAGMA journal_mode = WAL");
    await client.execute("PRAGMA synchronous = OFF");
    await migrate(client);
    return { client, file, close };
  } catch (error) {
    close();
    throw error;
  }
}
