import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLibsqlServer } from "../../scripts/libsql-server.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { tick } from "../../src/queue/tick.ts";
import { png } from "../http/image-files.ts";
import { OPERATOR_KEY } from "./app.ts";
import { vitrine } from "./command-line.ts";
import { call, found, openEmpty, openShop, putProduct, uploadUnresized, type Shop } from "./backup-world.ts";

let folder: string;
let shop: Shop;
const closing: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-backup-"));
  shop = await openShop();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await shop.app.close();
  rmSync(folder, { recursive: true, force: true });
});

const backupTo = (name: string, ...more: string[]) =>
  shop.app.operator("backup", join(folder, name), "--database", `file:${shop.file}`, "--json", ...more);

async function empty() {
  const place = await openEmpty(folder);
  closing.push(() => place.app.close());
  return place;
}

async function countsOf(url: string): Promise<Record<string, number>> {
  const client = createClient({ url, intMode: "number" });
  const { rows } = await client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows)
    counts[String(name)] = Number(
      (await client.execute(`SELECT count(*) AS n FROM "${String(name)}"`)).rows[0].n,
    );
  client.close();
  return counts;
}

describe("a backup of a deployment that goes on working", () => {
  it("is restored whole: every row and blob of one moment, and searches find what they found", async () => {
    const taking = new AbortController();
    let written = 100;
    const writer = (async () => {
      while (!taking.signal.aborted) await putProduct(shop, written++);
    })();
    const taken = await backupTo("b");
    taking.abort();
    await writer;
    expect(taken).toMatchObject({ code: 0 });
    expect(written).toBeGreaterThan(100);
    const { tables, rows, blobs, lost_blobs: lost } = JSON.parse(taken.out) as Record<string, number>;
    expect([tables > 50, rows > 50, blobs > 3, lost]).toEqual([true, true, true, 0]);
    expect(await shop.app.operator("verify", join(folder, "b"))).toMatchObject({ code: 0 });

    const place = await empty();
    const to = ["restore", join(folder, "b"), "--database", place.file];
    const database = await alone(to);
    expect(database).toMatchObject({ code: 0, out: expect.stringContaining("run this again with") });
    const restored = await countsOf(`file:${place.file}`);
    place.use();
    const whole = await place.app.operator(...to);
    expect(whole.err).toContain("going on with the blobs");
    expect(whole.code).toBe(0);

    const manifest = JSON.parse(readFileSync(join(folder, "b/manifest.json"), "utf8")) as {
      database: { tables: Record<string, number> };
    };
    expect(restored).toEqual({ ...manifest.database.tables, __vitrine_restore: 1 });
    expect(await countsOf(`file:${place.file}`)).not.toHaveProperty("__vitrine_restore");
    const { rows: titles } = await place.app.platform.client.execute(
      "SELECT count(*) AS n FROM products WHERE title LIKE '%cushion%'",
    );
    expect(await found(place, "cushion")).toMatchObject({ total: titles[0].n });
    for (const q of ["lamp", "brass lamp", "chair -oak", "lnen"])
      expect([q, await found(place, q)]).toEqual([q, await found(shop, q)]);
    const { items } = (await (await call({ ...shop, app: place.app }, "GET", "/v1/images")).json()) as {
      items: { id: string }[];
    };
    const picture = await fetch(`${place.app.url}/i/${items[0].id}/thumb`);
    const original = await fetch(`${shop.app.url}/i/${items[0].id}/thumb`);
    expect([picture.status, await picture.arrayBuffer()]).toEqual([200, await original.arrayBuffer()]);
    const keys = (of: typeof shop.app) => of.platform.blobs.list("variants/", 1_000);
    expect(await keys(place.app)).toEqual(await keys(shop.app));
  });

  it("lets jobs run that were on their way, once their blobs are there", async () => {
    const id = await uploadUnresized(shop, png([1, 2, 3]));
    await backupTo("b");
    const place = await empty();
    const to = ["restore", join(folder, "b"), "--database", place.file];
    await alone(to);
    place.use();
    const { platform } = place.app;
    const work = async () => {
      await tick(openMemoryDeps(platform));
      await platform.jobs.drain((batch) => consume(openMemoryDeps(platform), batch));
    };
    await work();
    expect(platform.jobs.sent.filter(({ kind }) => kind === "images.resize")).toEqual([]);
    await place.app.operator(...to);
    await work();
    expect((await fetch(`${place.app.url}/i/${id}/thumb`)).status).toBe(200);
  });

  it("can make everybody sign in anew", async () => {
    await fetch(`${shop.app.url}/api/auth/sign-up/email`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Ada", email: "ada@shop.example", password: "correct horse battery" }),
    });
    await backupTo("b");
    for (const [name, more, sessions] of [
      ["kept", [], 1],
      ["ended", ["--end-sessions"], 0],
    ] as const) {
      const file = join(folder, `${name}.db`);
      await alone(["restore", join(folder, "b"), "--database", file, "--no-blobs", ...more]);
      expect((await countsOf(`file:${file}`)).sessions).toBe(sessions);
    }
  });
});

describe("a database behind a URL", () => {
  it("is read in one transaction, and restored to another, integers and bytes as they were", async () => {
    const from = await startLibsqlServer({ file: shop.file, port: 0 });
    const to = await startLibsqlServer({ file: join(folder, "to.db"), port: 0 });
    closing.push(
      () => from.close(),
      () => to.close(),
    );
    const big = 2n ** 62n + 1n;
    await shop.app.platform.client.execute({
      sql: "INSERT INTO dead_letters (id, job_id, kind, payload, reason, attempts, created_at) VALUES ('dl_1', 'j', 'k', '{}', 'r', ?, 0)",
      args: [big],
    });
    const taken = await shop.app.operator("backup", join(folder, "b"), "--database", from.url, "--json");
    expect(taken).toMatchObject({ code: 0 });
    const frozen = await shop.app.operator(
      "backup",
      join(folder, "f"),
      "--database",
      from.url,
      "--frozen",
      "--json",
    );
    const rows = (ran: { out: string }) => (JSON.parse(ran.out) as { rows: number }).rows;
    // The first backup left two lines in the audit log: it looked twice for blobs.
    expect([frozen.code, rows(frozen)]).toEqual([0, rows(taken) + 2]);

    const restore = ["restore", join(folder, "b"), "--database", to.url, "--no-blobs"];
    expect(await alone(restore)).toMatchObject({ code: 0 });
    const target = createClient({ url: to.url, intMode: "bigint" });
    const source = createClient({ url: `file:${join(folder, "b/database.db")}`, intMode: "bigint" });
    closing.push(
      () => target.close(),
      () => source.close(),
    );
    const schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
    expect((await target.execute(schema)).rows).toEqual((await source.execute(schema)).rows);
    for (const table of [
      "dead_letters",
      "products",
      "audit_log",
      "__drizzle_migrations",
      "sqlite_sequence",
    ]) {
      const all = `SELECT * FROM ${table} ORDER BY 1, 2`;
      expect((await target.execute(all)).rows).toEqual((await source.execute(all)).rows);
    }
    expect(await alone(restore)).toMatchObject({ code: 1, err: expect.stringContaining("--overwrite") });
    expect(await alone([...restore, "--overwrite"])).toMatchObject({ code: 0 });
    expect(await countsOf(to.url)).toEqual(await countsOf(`file:${join(folder, "b/database.db")}`));
  });

  it("says what to do where the transaction is ended on the way", async () => {
    const from = await startLibsqlServer({ file: shop.file, port: 0, streamTtlMs: 0 });
    closing.push(() => from.close());
    const ran = await shop.app.operator("backup", join(folder, "b"), "--database", from.url);
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/one transaction failed[^]*--frozen/) });
    expect(existsSync(join(folder, "b/manifest.json"))).toBe(false);
  });
});

/** With no deployment named. */
function alone(args: readonly string[]) {
  return vitrine(args, { environment: { OPERATOR_KEY } });
}
