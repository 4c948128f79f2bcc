import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient } from "@libsql/client";
import { readMigrations } from "../../scripts/embed-migrations.ts";
import { migrate } from "../../src/db/migrate.ts";
import { MIGRATIONS } from "../../src/db/migrations.ts";
import { openTestDatabase } from "./open-test-database.ts";
import type { TestDatabase } from "./open-test-database.ts";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

test("the embedded migrations are those of drizzle/", async () => {
  expect(MIGRATIONS).toEqual(await readMigrations());
});

test("a second run applies nothing", async () => {
  expect(await migrate(opened.client)).toEqual([]);
});

test("two processes that migrate an empty database at once both succeed", async () => {
  const url = opened.url.replace("test.db", "other.db");
  const clients = [createClient({ url }), createClient({ url })];
  const applied = await Promise.all(clients.map((client) => migrate(client)));
  expect(applied.flat().sort()).toEqual(MIGRATIONS.map(({ tag }) => tag));
  for (const client of clients) client.close();
});

test("a failing statement undoes its whole migration and is named by it", async () => {
  const broken = {
    tag: "9999_broken",
    createdAt: Date.now() + 1e12,
    hash: "0",
    statements: ["CREATE TABLE half (id text)", "CREATE TABLE half (id text)"],
  };
  await expect(migrate(opened.client, [broken])).rejects.toThrow('"9999_broken"');
  const { rows } = await opened.client.execute("SELECT name FROM sqlite_master WHERE name = 'half'");
  expect(rows).toEqual([]);
});
