import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import type { Client, InStatement, ResultSet } from "@libsql/client";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { organisations } from "../../src/db/schema/orgs.ts";
import { FileClient, pathOfFileUrl } from "../../src/platform/deno/file-client.ts";
import { FileConnection } from "../../src/platform/deno/file-connection.ts";
import { newReceipt } from "../../src/ports/receipt.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let path: string;
let client: FileClient;
beforeEach(async () => {
  path = join(folder, `${crypto.randomUUID()}.db`);
  client = new FileClient(path);
  await client.execute("PRAGMA journal_mode = WAL");
  await client.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b BLOB)");
});
afterEach(() => client.close());

const WRITES: readonly InStatement[] = [
  { sql: "INSERT INTO t (a, b) VALUES (?, ?)", args: ["x", new Uint8Array([1, 2, 3])] },
  { sql: "INSERT INTO t (a, b) VALUES (:a, @b)", args: { a: true, "@b": new Uint8Array(0).buffer } },
  { sql: "INSERT INTO t (a) VALUES (?) RETURNING id, a", args: [new Date(5)] },
  { sql: "UPDATE t SET a = a || '!' WHERE id > ?", args: [1n] },
];
const READS: readonly InStatement[] = [
  "SELECT id, a, b FROM t ORDER BY id",
  'SELECT id AS a, a, a AS "length", 1.5, NULL AS "0" FROM t ORDER BY id',
  { sql: "SELECT ? AS one, ? AS two", args: ["text", 9_007_199_254_740_991n] },
  "SELECT a FROM t WHERE id < 0",
];

function shown({ columns, columnTypes, rows, rowsAffected, lastInsertRowid }: ResultSet): unknown {
  const read = rows.map((row) => ({ places: Array.prototype.slice.call(row), names: Object.entries(row) }));
  return { columns, columnTypes, rows: read, rowsAffected, lastInsertRowid };
}

async function played(on: Client): Promise<unknown[]> {
  const results: unknown[] = [];
  // Twice: at its second run a statement is a kept one.
  for (const statement of [...WRITES, ...READS, ...READS]) results.push(shown(await on.execute(statement)));
  return results;
}

it("answers as the library's own client does", async () => {
  const other = createClient({ url: `file:${path}.other`, intMode: "number" });
  await other.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b BLOB)");
  const theirs = await played(other).finally(() => other.close());
  expect(await played(client)).toEqual(theirs);
});

it("refuses values as the library's own client does", async () => {
  const other = createClient({ url: `file:${path}`, intMode: "number" });
  const bad: InStatement[] = [
    { sql: "SELECT ?", args: [Number.NaN] },
    { sql: "SELECT ?", args: [2n ** 63n] },
    { sql: "SELECT ?", args: [undefined as never] },
    "SELECT 9007199254740993 AS large",
    "SELEC 1",
    "SELECT missing FROM t",
    "INSERT INTO t (id) VALUES ('no integer')",
  ];
  for (const statement of bad) {
    const [mine, theirs] = await Promise.all(
      [client, other].map((one) => one.execute(statement).catch((error: unknown) => error)),
    );
    expect(mine).toBeInstanceOf(Error);
    const { name, code, extendedCode } = theirs as Record<string, unknown>;
    expect(mine).toMatchObject({ name, ...(code === undefined ? {} : { code, extendedCode }) });
  }
  other.close();
});

it("serves drizzle: rows by name, mapped rows, batches", async () => {
  await migrate(client);
  const { orm, all } = openDatabase(() => client, newReceipt());
  const row = { id: "org_1", slug: "ada", name: "Ada", createdAt: 1 };
  const [, read] = await orm.batch([orm.insert(organisations).values(row), orm.select().from(organisations)]);
  expect(read).toMatchObject([row]);
  expect(await orm.select().from(organisations).where(eq(organisations.id, "org_1")).get()).toMatchObject(
    row,
  );
  expect(await all({ sql: "SELECT slug, name FROM organisations", args: [] })).toEqual([
    { slug: "ada", name: "Ada" },
  ]);
});

describe("a batch", () => {
  const insert: InStatement = { sql: "INSERT INTO t (a) VALUES ('one')", args: [] };
  const count = async (): Promise<unknown> => (await client.execute("SELECT count(*) AS n FROM t")).rows[0].n;

  it("that fails leaves nothing behind, and says which statement failed", async () => {
    const failure = await client.batch([insert, insert], "write").catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: "LibsqlBatchError",
      statementIndex: 1,
      code: "SQLITE_CONSTRAINT",
      extendedCode: "SQLITE_CONSTRAINT_UNIQUE",
    });
    expect(await count()).toBe(0);
    await client.batch([insert], "write");
    expect(await count()).toBe(1);
  });

  it("ends where a statement has ended its transaction", async () => {
    await expect(client.batch([insert, "ROLLBACK", insert], "write")).rejects.toMatchObject({
      code: "TRANSACTION_CLOSED",
    });
    expect(await count()).toBe(0);
  });

  it("of many texts keeps foreign keys off for a migration, and on after it", async () => {
    await client.migrate([
      "CREATE TABLE child (t INTEGER REFERENCES t (id))",
      "INSERT INTO child VALUES (7)",
    ]);
    await expect(client.execute("INSERT INTO child VALUES (8)")).rejects.toMatchObject({
      extendedCode: "SQLITE_CONSTRAINT_FOREIGNKEY",
    });
  });
});

describe("a kept statement", () => {
  it("knows the columns that another connection has added", async () => {
    await client.execute("INSERT INTO t (a) VALUES ('x')");
    await client.execute("SELECT * FROM t");
    const other = new FileClient(path);
    await other.execute("ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'new'");
    other.close();
    expect((await client.execute("SELECT * FROM t")).rows).toMatchObject([{ a: "x", c: "new" }]);
  });

  it("sees what another connection has written since", async () => {
    const ask = async () => (await client.execute("SELECT count(*) AS n FROM t")).rows[0].n;
    expect(await ask()).toBe(0);
    const other = new FileClient(path);
    await other.execute("INSERT INTO t (a) VALUES ('x')");
    expect(await ask()).toBe(1);
    other.close();
  });

  it("works after it has failed", async () => {
    const insert = (a: string) => client.execute({ sql: "INSERT INTO t (a) VALUES (?)", args: [a] });
    await insert("x");
    await expect(insert("x")).rejects.toThrow("UNIQUE");
    expect(await insert("y")).toMatchObject({ rowsAffected: 1 });
  });

  it("is one of a bounded number, and none with much text in its arguments", () => {
    const connection = new FileConnection(path, 0);
    for (let i = 0; i < 400; i++) connection.run({ sql: `SELECT ${i}` });
    expect(connection.keptCount).toBe(300);
    connection.run({ sql: "SELECT ?", args: ["x".repeat(70_000)] });
    connection.run({ sql: `SELECT '${"x".repeat(30_000)}'` });
    expect(connection.keptCount).toBe(300);
    connection.run({ sql: "CREATE TABLE other (id)" });
    expect(connection.keptCount).toBe(0);
    connection.close();
  });
});

it("holds no old state of the database after it was found busy", async () => {
  client.close();
  client = new FileClient(path, 0);
  const other = new FileConnection(path, 0);
  other.run({ sql: "BEGIN IMMEDIATE" });
  const write = { sql: "INSERT INTO t (a) VALUES (?)", args: ["mine"] };
  await expect(client.execute(write)).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  await expect(client.batch([write], "write")).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  other.run({ sql: "INSERT INTO t (a) VALUES ('theirs')" });
  other.run({ sql: "COMMIT" });
  expect((await client.execute("SELECT a FROM t")).rows).toMatchObject([{ a: "theirs" }]);
  await client.execute(write);
  // An open reader would keep the journal from being emptied.
  const { rows } = await client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  expect(rows[0]).toMatchObject({ busy: 0, log: 0 });
  other.close();
});

it("says that it is closed, and opens again", async () => {
  client.close();
  expect(client.closed).toBe(true);
  await expect(client.execute("SELECT 1")).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
  client.reconnect();
  expect((await client.execute("SELECT 1 AS one")).rows[0].one).toBe(1);
  await expect(client.transaction()).rejects.toMatchObject({ name: "LibsqlError" });
});

it("takes the URLs of files alone", () => {
  const urls = ["file:/a/b%20c.db", "file:a.db", "file:///a.db", "file://localhost/a.db"];
  expect(urls.map(pathOfFileUrl)).toEqual(["/a/b c.db", "a.db", "/a.db", "/a.db"]);
  const others = ["file::memory:", "file://elsewhere/a.db", "file:a.db?mode=ro", "libsql://a", "http://a/b"];
  expect(others.map(pathOfFileUrl)).toEqual(others.map(() => null));
});
