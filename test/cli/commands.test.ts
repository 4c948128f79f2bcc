import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seal } from "../../src/domain/sealed.ts";
import { sealContext } from "../../src/services/webhooks/signature.ts";
import { startApp, type RunningApp } from "./app.ts";
import { vitrine, type Ran } from "./command-line.ts";

let folder: string;
let app: RunningApp;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  app = await startApp();
});

afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const operator = (...args: string[]): Promise<Ran> => app.operator(...args);
const withKey = (key: string, ...args: string[]): Promise<Ran> => app.withKey(key, ...args);

async function newKey(): Promise<string> {
  await operator("orgs", "create", "acme", "--name", "Acme Ltd");
  const { out } = await operator("keys", "create", "acme", "--json");
  return (JSON.parse(out) as { key: string }).key;
}

describe("vitrine", () => {
  it("says its version and its commands, and refuses others", async () => {
    expect(await vitrine(["--version"])).toMatchObject({ code: 0, out: "1.2.3\n" });
    expect((await vitrine(["--help"])).out).toMatch(/import .*\n.*export/);
    expect(await vitrine(["frobnicate"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no command "frobnicate"'),
    });
    expect(await vitrine(["keys"])).toMatchObject({ code: 2, err: expect.stringContaining("keys revoke") });
  });

  it.each([
    "import",
    "export",
    "upload",
    "import-events",
    "users import",
    "users list",
    "users export",
    "users erase",
    "seed",
    "sign-in",
    "sign-out",
    "orgs create",
    "orgs list",
    "keys create",
    "keys list",
    "keys revoke",
    "keys rotate",
    "backup",
    "verify",
    "restore",
    "drill",
    "secrets status",
    "secrets reseal",
    "members list",
    "members add",
    "members role",
    "members remove",
    "sites list",
    "sites create",
    "sites revoke",
    "index status",
    "index rebuild",
  ])("explains %s", async (name) => {
    const { code, out } = await vitrine([...name.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: vitrine ${name}`);
  });

  it("says what is wrong with options, words and addresses", async () => {
    expect((await vitrine(["import"])).code).toBe(2);
    expect((await vitrine(["orgs", "list", "--colour"])).err).toContain("--colour");
    expect((await vitrine(["orgs", "list", "--url", "ftp://x"])).err).toContain("not an http(s) URL");
    const nobody = await vitrine(["orgs", "list", "--url", "http://127.0.0.1:1"]);
    expect(nobody).toMatchObject({
      code: 1,
      err: expect.stringContaining("Cannot reach http://127.0.0.1:1"),
    });
  });

  it("explains a refusal as a person understands it", async () => {
    expect((await vitrine(["orgs", "list", "--url", app.url])).err).toContain("Give a key by --key");
    const bad = await operator("orgs", "create", "Not A Slug");
    expect(bad.code).toBe(1);
    expect(bad.err).toContain("slug");
  });
});

describe("vitrine keys rotate and secrets", () => {
  it("replaces a key, which still holds for a while", async () => {
    await newKey();
    const [{ id }] = JSON.parse((await operator("keys", "list", "acme", "--json")).out) as { id: string }[];
    const rotated = await operator("keys", "rotate", "acme", id, "--overlap", "60", "--json");
    expect(JSON.parse(rotated.out)).toMatchObject({ replaces: id, key: expect.stringMatching(/^vk_/) });
    expect((await operator("keys", "rotate", "acme", id)).err).toContain("rotated already");
    expect((await operator("keys", "rotate", "acme", id, "--overlap", "-1")).code).toBe(2);
  });

  it("seals anew what the secret before sealed, and says what still needs it", async () => {
    await newKey();
    const { config } = app.platform;
    await app.platform.client.execute({
      sql: `INSERT INTO webhooks (id, org_id, url, secret, events, created_at)
        SELECT 'hook_1', id, 'https://acme.example/hook', ?, '[]', 0 FROM organisations`,
      args: [await seal(config.secret, sealContext("hook_1"), "whsec_1")],
    });
    config.previousSecrets = [config.secret];
    config.secret = "the secret that takes its place, long enough";
    const before = JSON.parse((await operator("secrets", "status", "--json")).out) as Record<string, unknown>;
    expect(before).toMatchObject({ previous: 1, webhook_secrets: 1, may_drop_previous: false });
    expect(await operator("secrets", "reseal")).toMatchObject({
      code: 0,
      out: "resealed    1\nunreadable  0\n",
    });
    expect((await operator("secrets", "status")).out).toMatch(/^webhook_secrets +0$/m);
    config.previousSecrets = [];
    config.secret = "a secret that nobody has sealed anything with";
    expect(await operator("secrets", "reseal")).toMatchObject({
      code: 1,
      err: expect.stringContaining("stays as it is"),
    });
  });
});

describe("vitrine orgs and keys", () => {
  it("create, list and revoke", async () => {
    const key = await newKey();
    expect(key).toMatch(/^vk_/);
    expect((await operator("orgs", "list")).out).toMatch(/SLUG.*\n.*acme\s+Acme Ltd/);
    const [listed] = JSON.parse((await operator("keys", "list", "acme", "--json")).out) as { id: string }[];
    expect(JSON.stringify(listed)).not.toContain(key);
    expect((await operator("keys", "revoke", "acme", listed.id)).code).toBe(0);
    const file = join(folder, "a.jsonl");
    writeFileSync(file, '{"id": "1", "title": "Lamp"}\n');
    expect((await withKey(key, "import", file)).code).toBe(1);
  });
});

describe("vitrine import, export and index", () => {
  it("import products that are searchable when --wait returns, and export them as they were", async () => {
    const key = await newKey();
    const products = Array.from({ length: 130 }, (_, i) => ({
      id: `p${String(i).padStart(3, "0")}`,
      title: `Walnut lamp ${i}`,
      category: ["Home", "Lamps"],
      price: { amount: 1_000 + i, currency: "USD" },
      attributes: { watt: i },
    }));
    const file = join(folder, "a.jsonl");
    writeFileSync(file, products.map((product) => `${JSON.stringify(product)}\n`).join(""));
    expect(await withKey(key, "import", file, "--wait", "--chunk", "50")).toMatchObject({ code: 0 });
    const output = join(folder, "out.jsonl");
    expect(await withKey(key, "export", "--output", output)).toMatchObject({
      code: 0,
      err: "130 products exported\n",
    });
    const exported = readFileSync(output, "utf8").trim().split("\n");
    expect(exported.map((line) => JSON.parse(line) as unknown)).toMatchObject(products);
    expect(await withKey(key, "import", output)).toMatchObject({
      code: 0,
      out: expect.stringContaining("130 accepted"),
    });
  });

  it("show the index, and build it anew", async () => {
    const key = await newKey();
    const file = join(folder, "a.jsonl");
    writeFileSync(file, '{"id": "1", "title": "Lamp"}\n');
    await withKey(key, "import", file, "--wait");
    expect((await operator("index", "rebuild", "--wait")).code).toBe(0);
    expect(JSON.parse((await operator("index", "status", "--json")).out)).toMatchObject({
      products: 1,
      tail: 0,
    });
  });
});
