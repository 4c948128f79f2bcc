import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OPERATOR_KEY } from "./app.ts";
import { openShop, type Shop } from "./backup-world.ts";
import { vitrine, type Ran } from "./command-line.ts";

let folder: string;
let shop: Shop;
let whole: string;
let backup: string;
let number = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-backup-"));
  shop = await openShop(3);
  whole = join(folder, "whole");
  const taken = await run("backup", whole, "--database", shop.file);
  expect(taken).toMatchObject({ code: 0, err: "" });
});
afterAll(async () => {
  await shop.app.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  backup = join(folder, `copy-${++number}`);
  cpSync(whole, backup, { recursive: true });
});

const run = (...args: string[]): Promise<Ran> => shop.app.operator(...args);
const pathOf = (name: string): string => join(backup, name);
const firstBlob = (): string => {
  const [name] = readdirSync(pathOf("blobs/originals"));
  return `originals/${name}`;
};

function flip(name: string, at: number): void {
  const bytes = readFileSync(pathOf(name));
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  writeFileSync(pathOf(name), bytes);
}

function rewrite(name: string, edit: (text: string) => string): void {
  writeFileSync(pathOf(name), edit(readFileSync(pathOf(name), "utf8")));
}

/** Both commands refuse it for the same reason, and nothing is restored. */
async function expectRefused(reason: RegExp): Promise<void> {
  expect(await vitrine(["verify", backup])).toMatchObject({ code: 1, err: expect.stringMatching(reason) });
  const target = join(folder, `target-${number}.db`);
  const ran = await vitrine(["restore", backup, "--database", target, "--no-blobs"]);
  expect(ran).toMatchObject({ code: 1, out: "", err: expect.stringMatching(reason) });
  expect(readdirSync(folder).filter((name) => name.startsWith(`target-${number}`))).toEqual([]);
}

describe("a backup that is damaged is refused:", () => {
  it.each<[string, () => void, RegExp]>([
    ["a bit of the database", () => flip("database.db", 5_000), /"database.db" was changed/],
    ["the end of the database", () => truncateSync(pathOf("database.db"), 4_096), /4096 bytes in place of/],
    ["the database itself", () => rmSync(pathOf("database.db")), /"database.db" is missing/],
    ["a bit of a blob", () => flip(`blobs/${firstBlob()}`, -1), /"originals\/\w+" was changed/],
    ["the end of a blob", () => truncateSync(pathOf(`blobs/${firstBlob()}`), 3), /has 3 bytes in place of/],
    [
      "a blob itself",
      () => rmSync(pathOf(`blobs/${firstBlob()}`)),
      /which is missing[^]*"originals\/\w+" is missing/,
    ],
    [
      "a line of the list",
      () => rewrite("blobs.ndjson", (text) => text.slice(text.indexOf("\n") + 1)),
      /"blobs.ndjson" has/,
    ],
    [
      "a number of the manifest",
      () => rewrite("manifest.json", (text) => text.replace(/"products": 3/, '"products": 2')),
      /its digest is not/,
    ],
    ["the manifest's end", () => rewrite("manifest.json", (text) => text.slice(0, -20)), /it is not JSON/],
    ["the manifest itself", () => rmSync(pathOf("manifest.json")), /no finished backup/],
    [
      "its format",
      () => rewrite("manifest.json", (text) => text.replace('"format": 1', '"format": 2')),
      /of format 2: this version of Vitrine reads format 1/,
    ],
  ])("%s", async (_what, damage, reason) => {
    damage();
    await expectRefused(reason);
  });

  it("a folder that is none", async () => {
    backup = join(folder, "nowhere");
    await expectRefused(/no finished backup/);
  });
});

it("a schema of a later version is refused before anything is touched", async () => {
  const later = join(folder, "later");
  const client = shop.app.platform.client;
  await client.execute("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
  await run("backup", later, "--database", shop.file);
  await client.execute("DELETE FROM __drizzle_migrations WHERE hash = 'later'");
  expect(await vitrine(["verify", later])).toMatchObject({ code: 0 });
  const ran = await vitrine(["restore", later, "--database", join(folder, "later.db"), "--no-blobs"]);
  expect(ran).toMatchObject({
    code: 1,
    err: expect.stringContaining("does not know: restore it with the version"),
  });
});

describe("what is there is not overwritten:", () => {
  it("a finished backup, or a folder of something else", async () => {
    const again = await run("backup", backup, "--database", shop.file);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("stays as it is") });
    const resumed = await run("backup", backup, "--database", shop.file, "--resume");
    expect(resumed).toMatchObject({ code: 1, err: expect.stringContaining("stays as it is") });
    const other = join(folder, "other");
    mkdirSync(other);
    writeFileSync(join(other, "thesis.txt"), "");
    const ran = await run("backup", other, "--database", shop.file, "--resume");
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("holds no backup") });
  });

  it("a database with rows, but with --overwrite", async () => {
    const target = join(folder, "full.db");
    const restore = ["restore", whole, "--database", target, "--no-blobs"];
    expect(await vitrine(restore)).toMatchObject({ code: 0 });
    expect(await vitrine(restore)).toMatchObject({ code: 1, err: expect.stringContaining("--overwrite") });
    expect(await vitrine([...restore, "--overwrite"])).toMatchObject({ code: 0 });
  });
});

describe("a backup that is interrupted", () => {
  it("is none, and goes on without fetching again what it has", async () => {
    const path = join(folder, "cut");
    const { blobs } = shop.app.platform;
    const read = blobs.getStream.bind(blobs);
    const stop = new AbortController();
    const fetched: string[] = [];
    blobs.getStream = async (key, range) => {
      fetched.push(key);
      if (fetched.length === 5) stop.abort(new Error("Interrupted"));
      return read(key, range);
    };
    const args = ["backup", path, "--database", shop.file];
    const environment = { VITRINE_URL: shop.app.url, OPERATOR_KEY };
    expect(await vitrine(args, { environment, signal: stop.signal })).toMatchObject({ code: 130 });
    expect(await vitrine(["verify", path])).toMatchObject({
      code: 1,
      err: expect.stringContaining("no finished"),
    });
    const kept = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(kept.length).toBeGreaterThan(0);
    expect(await run(...args)).toMatchObject({ code: 1, err: expect.stringContaining("--resume") });
    fetched.length = 0;
    expect(await run(...args, "--resume")).toMatchObject({ code: 0 });
    const again = kept.filter(({ name }) =>
      fetched.some((key) => key.endsWith(`/${name}`) && name.length === 64),
    );
    expect(again).toEqual([]);
    expect(await vitrine(["verify", path])).toMatchObject({ code: 0 });
    blobs.getStream = read;
  });

  it("by a disk that is full says so, and is none", async () => {
    const path = join(folder, "full");
    const key = firstBlob();
    mkdirSync(join(path, "blobs/originals"), { recursive: true });
    symlinkSync("/dev/full", join(path, `blobs/${key}.new`));
    const ran = await run("backup", path, "--database", shop.file, "--resume");
    expect(ran).toMatchObject({ code: 1, out: "", err: expect.stringContaining("no space left on device") });
    expect(await vitrine(["verify", path])).toMatchObject({ code: 1 });
  });
});

it("names the blobs that the store has lost, and is whole without them", async () => {
  const key = firstBlob();
  const bytes = await shop.app.platform.blobs.get(key);
  await shop.app.platform.blobs.delete([key]);
  const path = join(folder, "lossy");
  const ran = await run("backup", path, "--database", shop.file, "--json");
  expect(ran).toMatchObject({ code: 0, err: expect.stringContaining(key) });
  expect(JSON.parse(ran.out)).toMatchObject({ lost_blobs: 1 });
  expect(await vitrine(["verify", path])).toMatchObject({ code: 0 });
  await shop.app.platform.blobs.put(key, bytes ?? new ArrayBuffer(0), "image/png");
});

it("wants a database that is there, and is Vitrine's", async () => {
  const none = await run("backup", join(folder, "x"), "--database", join(folder, "none.db"));
  expect(none).toMatchObject({ code: 1, err: expect.stringContaining("There is no database") });
  expect(await run("backup", join(folder, "y"))).toMatchObject({ code: 2 });
  const strange = await run("backup", join(folder, "z"), "--database", "mysql://shop.example/db");
  expect(strange).toMatchObject({ code: 2, err: expect.stringContaining("libSQL") });
});
