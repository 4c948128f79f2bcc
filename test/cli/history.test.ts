import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startApp, type RunningApp } from "./app.ts";
import type { Ran } from "./command-line.ts";

const NOW = Date.parse("2026-03-20T12:00:00Z");

let folder: string;
let app: RunningApp;
let key: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-history-"));
  app = await startApp(NOW);
  await app.operator("orgs", "create", "acme");
  const scopes = ["events:write", "stats:read"].flatMap((scope) => ["--scope", scope]);
  key = (
    JSON.parse((await app.operator("keys", "create", "acme", ...scopes, "--json")).out) as { key: string }
  ).key;
});

afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

function vitrine(...args: string[]): Promise<Ran> {
  return app.withKey(key, ...args);
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function users(): Promise<Record<string, unknown>[]> {
  return JSON.parse((await vitrine("users", "list", "--sort", "-page_views", "--json")).out) as Record<
    string,
    unknown
  >[];
}

/** One event a minute of three users. */
function history(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.parse("2026-01-05T00:00:00Z") + i * 60_000).toISOString();
    return `${i},${i % 10 === 0 ? "Sign in" : "Page View"},u${i % 3},/p/${i % 5},${at}\n`;
  });
  return `id,event,user_id,url,created_at\n${rows.join("")}`;
}

describe("history loaded into the service", () => {
  it("counts once for each user, however often it is imported", async () => {
    const file = write("h.csv.gz", gzipSync(history(3_000)));
    const ran = await vitrine("import-events", file, "--chunk", "700");
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("3,000 accepted, 0 rejected") });
    const expected = [
      { id: "u0", logins: 100, page_views: 900 },
      { id: "u1", logins: 100, page_views: 900 },
      { id: "u2", logins: 100, page_views: 900 },
    ];
    const inOrder = (rows: Record<string, unknown>[]) =>
      rows.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    expect(inOrder(await users())).toMatchObject(expected);
    const again = await vitrine("import-events", file);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("0 accepted, 3,000 known before") });
    expect(inOrder(await users())).toMatchObject(expected);
  });

  it("is refused where it is too old or not yet, each line with its reason", async () => {
    const rows = [
      "1,login,u,2014-01-01T00:00:00Z",
      "2,login,u,2026-03-21T00:00:00Z",
      "3,login,u,2026-03-01T00:00:00Z",
    ];
    const file = write("h.csv", `id,type,user_id,at\n${rows.join("\n")}\n`);
    expect((await vitrine("import-events", file)).code).toBe(3);
    const rejected = readFileSync(`${file}.rejected.ndjson`, "utf8");
    expect(rejected).toMatch(/"line":2,"code":"too_old"[^]*"line":3,"code":"in_future"/);
    expect(await users()).toMatchObject([{ id: "u", logins: 1 }]);
  });

  it("needs a credential that may write events", async () => {
    const file = write("h.csv", history(3));
    expect(await app.run(["import-events", file, "--org", "acme"])).toMatchObject({ code: 1 });
    const operator = await app.operator("import-events", file, "--org", "acme", "--key", "op_wrong");
    expect(operator.code).toBe(1);
  });
});

describe("vitrine users", () => {
  it("import gives names, list sorts and searches, export writes CSV", async () => {
    await vitrine("import-events", write("h.csv", history(30)));
    const names = 'id;name\nu0;Zoë Ash\nu1;Bo Lee\nu2;"=1+1"\nu3;Ada Lovelace\n';
    expect(await vitrine("users", "import", write("n.csv", names))).toMatchObject({
      code: 0,
      out: expect.stringContaining("4 accepted"),
    });
    const list = await vitrine("users", "list", "--limit", "2");
    expect(list.out).toMatch(/^ID\s+NAME\s+LOGINS\s+PAGE VIEWS\s+ACTIVITIES\s+LAST ACTIVITY\n/);
    expect(list.out.trim().split("\n")).toHaveLength(3);
    const found = await vitrine("users", "list", "--search", "zo", "--json");
    expect(JSON.parse(found.out)).toMatchObject([{ id: "u0", name: "Zoë Ash", page_views: 9 }]);
    const file = join(folder, "users.csv");
    expect(await vitrine("users", "export", "--out", file)).toMatchObject({
      code: 0,
      err: "4 users exported\n",
    });
    const csv = readFileSync(file, "utf8");
    expect(csv).toContain("Zoë Ash");
    expect(csv).not.toMatch(/[,"]=1\+1/);
    expect((await vitrine("users", "export")).out).toBe(csv);
  });

  it("import refuses lines without an id, and a mapping that cannot be", async () => {
    const file = write("n.ndjson", '{"name": "Ada"}\n{"id": "u1", "name": "Bo"}\n');
    expect((await vitrine("users", "import", file)).code).toBe(3);
    expect((await vitrine("users", "import", file, "--map", "color=x")).code).toBe(2);
    expect((await vitrine("users", "import", file, "--dry-run")).out).toContain("1 users could be sent");
  });

  it("erase asks first, and then forgets", async () => {
    await vitrine("import-events", write("h.csv", history(30)));
    const home = {
      HOME: folder,
      VITRINE_EMAIL: "ada@example.com",
      VITRINE_PASSWORD: "correct horse battery",
    };
    const body = JSON.stringify({ name: "Ada", email: home.VITRINE_EMAIL, password: home.VITRINE_PASSWORD });
    const headers = { "Content-Type": "application/json" };
    await fetch(`${app.url}/api/auth/sign-up/email`, { method: "POST", headers, body });
    await app.operator("members", "add", "ada@example.com", "--role", "owner");
    await app.run(["sign-in"], { environment: home });
    const erase = (more: string[], answers?: string[]): Promise<Ran> =>
      app.run(["users", "erase", "u1", ...more], { environment: { HOME: folder }, answers });
    expect(await erase([])).toMatchObject({ code: 2, err: expect.stringContaining("--yes") });
    expect(await erase([], ["n"])).toMatchObject({ code: 2 });
    expect((await users()).map(({ id }) => id)).toContain("u1");
    expect((await erase([], ["y"])).code).toBe(0);
    expect((await users()).map(({ id }) => id)).not.toContain("u1");
    expect((await erase(["--yes"])).code).toBeLessThan(2);
  });
});
