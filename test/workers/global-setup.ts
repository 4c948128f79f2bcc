import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import type { TestProject } from "vitest/node";
import { startLibsqlServer } from "../../scripts/libsql-server.ts";
import { migrate } from "../../src/db/migrate.ts";
import { Collector } from "../operations/collector.ts";

declare module "vitest" {
  interface ProvidedContext {
    tursoUrl: string;
    collectorUrl: string;
  }
}

/** Runs in Node: the database that the Worker under test reaches over HTTP, in a temporary file, migrated; and a collector. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-workers-"));
  const server = await startLibsqlServer({ file: join(folder, "test.db"), port: 0 });
  const client = createClient({ url: server.url });
  await migrate(client);
  client.close();
  const collector = await Collector.open();
  project.provide("tursoUrl", server.url);
  project.provide("collectorUrl", collector.url);
  return async () => {
    collector.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
