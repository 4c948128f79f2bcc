import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient } from "@libsql/client/web";
import { eq, sql } from "drizzle-orm";
import { openDatabase } from "../../src/db/client.ts";
import { organisations } from "../../src/db/schema/orgs.ts";
import { AppError } from "../../src/domain/errors.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { openTestDatabase } from "./open-test-database.ts";
import type { TestDatabase } from "./open-test-database.ts";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

const ada = { id: "org_1", slug: "ada", name: "Ada", createdAt: 1 };

test("the receipt counts one trip for a statement and one for a batch, and the rows they bring", async () => {
  const { orm } = opened.db;
  await orm.insert(organisations).values(ada);
  await orm.batch([orm.select().from(organisations), orm.select().from(organisations)]);
  expect(opened.receipt).toMatchObject({ dbTrips: 2, rowsRead: 2 });
  expect(opened.receipt.dbMs).toBeGreaterThan(0);
});

test("a missing row is undefined", async () => {
  const row = await opened.db.orm.select().from(organisations).where(eq(organisations.id, "none")).get();
  expect(row).toBeUndefined();
});

test("a violated constraint stays the client's error, without statement or parameters in its message", async () => {
  const { orm } = opened.db;
  await orm.insert(organisations).values(ada);
  const failure = await orm
    .insert(organisations)
    .values({ ...ada, id: "org_secret" })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "LibsqlError" });
  expect(String(failure)).toContain("UNIQUE constraint failed: organisations.slug");
  expect(String(failure)).not.toContain("org_secret");
});

test("a batch that fails leaves nothing behind", async () => {
  const { orm } = opened.db;
  const insert = orm.insert(organisations).values(ada);
  await expect(orm.batch([insert, insert])).rejects.toThrow("UNIQUE");
  expect(await orm.select().from(organisations)).toEqual([]);
});

test("a server that cannot be reached is unavailable, for a statement and for a batch", async () => {
  const { orm } = openDatabase(() => createClient({ url: "http://127.0.0.1:9" }), newReceipt());
  const attempts = [orm.all(sql`SELECT 1`), orm.batch([orm.select().from(organisations)])];
  for (const result of await Promise.allSettled(attempts)) {
    expect(result.status === "rejected" && result.reason).toBeInstanceOf(AppError);
    expect(result).toMatchObject({ reason: { code: "unavailable", facts: { retryAfterSeconds: 1 } } });
  }
});

test("an answer that ends in the middle is unavailable", async () => {
  const fetch = async () =>
    new Response('{"results": [', { headers: { "content-type": "application/json" } });
  const { orm } = openDatabase(() => createClient({ url: "http://127.0.0.1:9", fetch }), newReceipt());
  await expect(orm.all(sql`SELECT 1`)).rejects.toMatchObject({ code: "unavailable" });
});

test("a client that was closed is unavailable", async () => {
  opened.client.close();
  await expect(opened.db.orm.select().from(organisations)).rejects.toMatchObject({ code: "unavailable" });
});

test("interactive transactions are refused", async () => {
  await expect(opened.db.orm.transaction(async () => 1)).rejects.toThrow("write one batch");
});
