import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Client, type InStatement } from "@libsql/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { openDatabase } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { MIGRATIONS } from "../../src/db/migrations.ts";
import { createMemoryPlatform, openMemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { consume } from "../../src/queue/consumer.ts";
import { tick } from "../../src/queue/tick.ts";
import { png } from "../http/image-files.ts";
import { signedToken } from "../http/sessions.ts";
import { columnsOf, fillTables, tablesOf } from "./table-rows.ts";

const ROWS = 12;

let folder: string;
let number = 0;
let client: Client;
let platform: MemoryPlatform;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-migrations-"));
  client = await open();
  platform = await createMemoryPlatform();
});
afterEach(() => {
  client.close();
  platform.close();
  rmSync(folder, { recursive: true });
});

/** Nothing of it has to outlive the machine. */
async function open(): Promise<Client> {
  const opened = createClient({ url: `file:${join(folder, `${++number}.db`)}`, intMode: "number" });
  for (const pragma of ["foreign_keys = ON", "synchronous = OFF", "journal_mode = MEMORY"])
    await opened.execute(`PRAGMA ${pragma}`);
  return opened;
}

let newest: string[] | undefined;
/** Of a database that was empty. */
async function newestSchema(): Promise<string[]> {
  const fresh = await open();
  await migrate(fresh);
  newest ??= await schemaOf(fresh);
  fresh.close();
  return newest;
}

/** What the database is made of, in words that do not depend on how it came to be. */
async function schemaOf(of: Client): Promise<string[]> {
  const { rows } = await of.execute(
    "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY type, name",
  );
  const parts = rows.map(({ type, name, tbl_name: table }) => `${type} ${name} on ${table}`);
  for (const table of await tablesOf(of)) {
    const columns = await columnsOf(of, table);
    const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
    parts.push(
      `${table}: ${JSON.stringify(sorted.map(({ name, type, notnull, dflt_value, pk }) => [name, type, notnull, dflt_value, pk]))}`,
    );
    const foreign = await of.execute(
      `SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list('${table}') ORDER BY "from"`,
    );
    parts.push(`${table} refers to ${JSON.stringify(foreign.rows)}`);
  }
  return parts;
}

async function countsOf(of: Client): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of await tablesOf(of)) {
    const { rows } = await of.execute(`SELECT count(*) AS n FROM "${table}"`);
    counts.set(table, Number(rows[0].n));
  }
  return counts;
}

/** The rows of a table as they were, in the columns that it had. */
async function contentOf(of: Client, table: string, columns: readonly string[]): Promise<string[]> {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const { rows } = await of.execute(`SELECT ${names} FROM "${table}"`);
  return rows.map((row) => JSON.stringify(columns.map((name) => readable(row[name])))).sort();
}

/** Those of `before` that `after` has fewer of. */
function missingOf(before: readonly string[], after: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of after) counts.set(row, (counts.get(row) ?? 0) + 1);
  return before.filter((row) => {
    const left = (counts.get(row) ?? 0) - 1;
    counts.set(row, left);
    return left < 0;
  });
}

function readable(value: unknown): unknown {
  return value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value;
}

async function expectSound(of: Client): Promise<void> {
  expect((await of.execute("PRAGMA integrity_check")).rows).toEqual([{ integrity_check: "ok" }]);
  expect((await of.execute("PRAGMA foreign_key_check")).rows).toEqual([]);
}

/** Asks the application that runs on the database, as a person of it who signs in anew. */
async function expectAnswers(): Promise<void> {
  const db = openDatabase(() => client, newReceipt());
  const app = createApp();
  const deps = () => openMemoryDeps(platform, { db });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    app.fetch(new Request(`https://shop.example${path}`, { headers }), deps());
  await client.batch([
    "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES ('usr_new', 'New', 'new@shop.example', 1, 0, 0)",
    "INSERT INTO organisations (id, number, slug, name, created_at) VALUES ('org_new', 999999999, 'new', 'New', 0)",
    "INSERT INTO members (org_id, user_id, role, created_at) VALUES ('org_new', 'usr_new', 'owner', 0)",
    {
      sql: "INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at) VALUES ('ses_new', ?, 'usr_new', ?, 0, 0)",
      args: ["T".repeat(32), platform.clock.now() + 1e9],
    },
  ]);
  const headers = { authorization: `Bearer ${signedToken(platform, "T".repeat(32))}` };
  const operator = { authorization: `Bearer ${platform.config.operatorKey}` };
  const rebuild = await app.fetch(
    new Request("https://shop.example/v1/admin/index/rebuild", { method: "POST", headers: operator }),
    deps(),
  );
  expect(rebuild.status).toBe(202);
  await platform.jobs.drain((batch) => consume(deps(), batch));
  for (const path of [
    "/v1/search?q=lamp",
    "/v1/products",
    "/v1/orgs/new/users",
    "/v1/orgs/new/audit",
    "/v1/feed",
    "/v1/orgs/new/overview?from=2026-01-01&to=2026-01-02",
  ]) {
    const answer = await ask(path, headers);
    expect([path, answer.status, answer.ok ? "" : await answer.text()]).toEqual([path, 200, ""]);
  }
  const body = png();
  const sent = new Request("https://shop.example/v1/images", {
    method: "POST",
    headers: { ...headers, "content-type": "image/png" },
    body,
  });
  const image = await app.fetch(sent, deps());
  const { id } = (await image.json()) as { id: string };
  for (let turn = 0; turn < 2; turn++) {
    await tick(deps());
    await platform.jobs.drain((batch) => consume(deps(), batch));
  }
  expect((await ask(`/i/${id}/thumb`)).status).toBe(200);
}

const CASES = MIGRATIONS.map(({ tag }, i) => ({ tag, from: i + 1 }));

describe.each(CASES)("data of the schema $tag", ({ from }) => {
  test("comes through all migrations since, whole and sound, and the application answers on it", async () => {
    await migrate(client, MIGRATIONS.slice(0, from));
    await fillTables(client, from, ROWS);
    await expectSound(client);
    const before = await countsOf(client);
    const kept = new Map<string, { columns: string[]; content: string[] }>();
    for (const table of before.keys()) {
      const columns = (await columnsOf(client, table)).map(({ name }) => name);
      kept.set(table, { columns, content: await contentOf(client, table, columns) });
    }

    const applied = await migrate(client);
    expect(applied).toEqual(MIGRATIONS.slice(from).map(({ tag }) => tag));

    await expectSound(client);
    for (const [table, rows] of before) {
      const columns = (await columnsOf(client, table)).map(({ name }) => name);
      const { columns: old, content } = kept.get(table) ?? { columns: [], content: [] };
      expect([table, old.filter((name) => !columns.includes(name))]).toEqual([table, []]);
      const now = await contentOf(client, table, old);
      // A migration may add rows; those that were there are there, as they were.
      expect([table, missingOf(content, now)]).toEqual([table, []]);
      expect(now.length).toBeGreaterThanOrEqual(rows);
    }
    expect(await schemaOf(client)).toEqual(newest ?? (await newestSchema()));
    await expectAnswers();
  });
});

describe("a migration that is interrupted", () => {
  const last = MIGRATIONS.length;

  /** A client whose connection dies before the given statement of a migration. */
  function dying(statement: number): Client {
    return new Proxy(client, {
      get(target, name) {
        if (name === "migrate")
          return async (statements: InStatement[]) => {
            const cut = [...statements.slice(0, statement), "SELECT broken_off FROM the_connection"];
            return target.migrate(statement < statements.length ? cut : statements);
          };
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? (value as () => unknown).bind(target) : value;
      },
    });
  }

  test.each([0, 1, 2, 5])(
    "before its statement %i is as if it had not begun, and is run again",
    async (statement) => {
      for (const from of [1, 3, 8, 11, last - 1]) {
        client.close();
        client = await open();
        await migrate(client, MIGRATIONS.slice(0, from));
        await fillTables(client, from, 4);
        const [schema, counts] = [await schemaOf(client), await countsOf(client)];
        const statements = MIGRATIONS[from].statements.length + 1;
        if (statement < statements) {
          await expect(migrate(dying(statement), MIGRATIONS.slice(0, from + 1))).rejects.toThrow(
            MIGRATIONS[from].tag,
          );
          expect(await schemaOf(client)).toEqual(schema);
          expect(await countsOf(client)).toEqual(counts);
        }
        expect(await migrate(client)).toEqual(MIGRATIONS.slice(from).map(({ tag }) => tag));
        await expectSound(client);
        expect(await migrate(client)).toEqual([]);
      }
    },
  );
});
