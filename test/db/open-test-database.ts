import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import type { Client } from "@libsql/client";
import { openDatabase } from "../../src/db/client.ts";
import type { Database } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import type { Receipt } from "../../src/ports/receipt.ts";

export interface TestDatabase {
  client: Client;
  db: Database;
  receipt: Receipt;
  url: string;
  close(): void;
}

/** A migrated libSQL database in a temporary file, which `close` removes. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-db-"));
  const url = `file:${join(folder, "test.db")}`;
  const client = createClient({ url });
  await migrate(client);
  const receipt = newReceipt();
  const close = (): void => {
    client.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { client, db: openDatabase(() => client, receipt), receipt, url, close };
}
