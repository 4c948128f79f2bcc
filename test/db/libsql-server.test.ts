import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client/web";
import type { Client } from "@libsql/client/web";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startLibsqlServer } from "../../scripts/libsql-server.ts";
import type { LibsqlServer } from "../../scripts/libsql-server.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-server-"));
const authToken = "token of the tests";
let server: LibsqlServer;
let client: Client;

beforeAll(async () => {
  server = await startLibsqlServer({ file: join(folder, "a.db"), port: 0, authToken, streamTtlMs: 100 });
  client = createClient({ url: server.url, authToken });
});
beforeEach(async () => {
  await client.executeMultiple(
    "DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER PRIMARY KEY, v, u TEXT UNIQUE);",
  );
});
afterAll(async () => {
  client.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function countRows(): Promise<unknown> {
  const { rows } = await client.execute("SELECT count(*) AS n FROM t");
  return rows[0].n;
}

test("null, integer, float, text and blob come back as they went in", async () => {
  const big = createClient({ url: server.url, authToken, intMode: "bigint" });
  const blob = new Uint8Array([0, 255, 1, 254]);
  const values = [null, 9_007_199_254_740_993n, 0.1, "naïve 🙂", "", blob];
  await big.batch(values.map((value) => ({ sql: "INSERT INTO t (v) VALUES (?)", args: [value] })));
  const { rows } = await big.execute("SELECT v FROM t ORDER BY id");
  const got = rows.map(({ v }) => (v instanceof ArrayBuffer ? new Uint8Array(v) : v));
  expect(got).toEqual(values);
  big.close();
});

test("named arguments bind", async () => {
  const { rows } = await client.execute({
    sql: "SELECT :a || $b || @c AS v",
    args: { a: "x", b: "y", c: "z" },
  });
  expect(rows[0].v).toBe("xyz");
});

test("a write tells how many rows it changed and the last row's id, with RETURNING too", async () => {
  const plain = await client.execute("INSERT INTO t (v) VALUES (1), (2)");
  expect(plain).toMatchObject({ rowsAffected: 2, lastInsertRowid: 2n });
  const returning = await client.execute("UPDATE t SET v = 3 RETURNING id");
  expect(returning).toMatchObject({ rowsAffected: 2 });
  expect(returning.rows).toHaveLength(2);
});

test("a batch that fails leaves nothing behind, and names the constraint", async () => {
  const insert = { sql: "INSERT INTO t (u) VALUES (?)", args: ["same"] };
  const failure = await client.batch([insert, insert], "write").catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "SQLITE_CONSTRAINT", statementIndex: 1 });
  expect(String(failure)).toContain("SQLite error: UNIQUE constraint failed: t.u");
  expect(await countRows()).toBe(0);
});

test.each([
  ["SELEC 1", "SQL_INPUT_ERROR"],
  ["SELECT * FROM nowhere", "SQL_INPUT_ERROR"],
  ["", "SQL_NO_STATEMENT"],
])("%j is refused as %s", async (sql, code) => {
  await expect(client.execute(sql)).rejects.toMatchObject({ code });
});

test("writers at once wait for each other and all succeed", async () => {
  const clients = Array.from({ length: 20 }, () => createClient({ url: server.url, authToken }));
  await Promise.all(
    clients.map(async (writer) => {
      const transaction = await writer.transaction("write");
      const { rows } = await transaction.execute("SELECT count(*) AS n FROM t");
      await transaction.execute({ sql: "INSERT INTO t (v) VALUES (?)", args: [rows[0].n] });
      await transaction.commit();
    }),
  );
  const { rows } = await client.execute("SELECT v FROM t ORDER BY v");
  expect(rows.map(({ v }) => v)).toEqual(clients.map((_, i) => i));
});

test("a reader is not held up by an open write transaction and does not see it", async () => {
  const transaction = await client.transaction("write");
  await transaction.execute("INSERT INTO t (v) VALUES (1)");
  expect(await countRows()).toBe(0);
  await transaction.commit();
  expect(await countRows()).toBe(1);
});

test("a transaction that read what another has changed since cannot write, and learns it at once", async () => {
  const reader = await client.transaction("deferred");
  await reader.execute("SELECT * FROM t");
  await client.execute("INSERT INTO t (v) VALUES (1)");
  const start = performance.now();
  await expect(reader.execute("INSERT INTO t (v) VALUES (2)")).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  expect(performance.now() - start).toBeLessThan(2_000);
  await reader.rollback();
});

test("an idle stream expires: its transaction is undone and its lock free", async () => {
  const transaction = await client.transaction("write");
  await transaction.execute("INSERT INTO t (v) VALUES (1)");
  await client.execute("INSERT INTO t (v) VALUES (2)");
  await expect(transaction.commit()).rejects.toMatchObject({ code: "STREAM_EXPIRED" });
  const { rows } = await client.execute("SELECT v FROM t");
  expect(rows.map(({ v }) => v)).toEqual([2]);
});

test("a changed schema is seen by statements used before", async () => {
  await client.execute("SELECT * FROM t");
  await client.execute("ALTER TABLE t ADD COLUMN w");
  expect((await client.execute("SELECT * FROM t")).columns).toEqual(["id", "v", "u", "w"]);
});

test("a wrong token is refused", async () => {
  const stranger = createClient({ url: server.url, authToken: "guess" });
  await expect(stranger.execute("SELECT 1")).rejects.toMatchObject({ code: "AUTH_JWT_INVALID" });
  stranger.close();
});

test("a body that is no pipeline is a 400, and the server goes on", async () => {
  const headers = { authorization: `Bearer ${authToken}` };
  for (const body of ["{", "[]", '{"requests":1}', '{"requests":[],"baton":"forged"}']) {
    const response = await fetch(`${server.url}/v2/pipeline`, { method: "POST", headers, body });
    expect([body, response.status]).toEqual([body, 400]);
  }
  expect(await countRows()).toBe(0);
});

test("a taken port rejects with the listener's error", async () => {
  const port = Number(new URL(server.url).port);
  await expect(startLibsqlServer({ file: join(folder, "b.db"), port })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
