import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OPERATOR_KEY, startApp, type RunningApp } from "./app.ts";
import type { Ran } from "./command-line.ts";

const AMOUNTS = ["--count", "40", "--events", "600", "--people", "0"];

let folder: string;
let app: RunningApp;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-seed-"));
  app = await startApp(Date.now());
});

afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

function signIn(email: string, password: string): Promise<Ran> {
  const environment = { HOME: folder, VITRINE_EMAIL: email, VITRINE_PASSWORD: password };
  return app.run(["sign-in"], { environment });
}

interface Community {
  person: number;
  friendship: number;
  post: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  there_until: string | null;
}

interface Feed {
  items: { author: { id: string } }[];
  next_cursor: string | null;
}

async function feedOf(email: string, password: string): Promise<Feed> {
  const signedIn = await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const headers = { authorization: `Bearer ${signedIn.headers.get("set-auth-token")}` };
  return (await (await fetch(`${app.url}/v1/feed?limit=100`, { headers })).json()) as Feed;
}

describe("vitrine seed", () => {
  it("fills the demo organisation, which its people can enter", async () => {
    const { code, out } = await app.operator("seed", ...AMOUNTS, "--json");
    expect(code).toBe(0);
    const made = JSON.parse(out) as { password: string; users: number; events: number; accepted: number };
    expect(made).toMatchObject({ accepted: 40, rejected: 0, users: 400 });
    expect(made.events).toBeGreaterThan(500);
    expect((await signIn("demo@vitrine.test", made.password)).code).toBe(0);
    const home = { environment: { HOME: folder } };
    const members = await app.run(["members", "list"], home);
    expect(members.out).toMatch(/demo@vitrine\.test\s+owner/);
    expect(members.out).toMatch(/analyst@vitrine\.test\s+analyst/);
    expect(members.out).toMatch(/member@vitrine\.test\s+member/);
    const users = await app.run(["users", "list", "--sort", "-page_views", "--limit", "3", "--json"], home);
    const rows = JSON.parse(users.out) as { name: string; page_views: number }[];
    expect(rows).toHaveLength(3);
    expect(rows[0].page_views).toBeGreaterThan(5);
    expect(rows.every(({ name }) => name.includes(" "))).toBe(true);
  });

  it("again adds nothing twice, and keeps key and password in files of this person alone", async () => {
    const files = { key: join(folder, "demo.key"), password: join(folder, "demo.password") };
    const args = ["seed", ...AMOUNTS, "--key-file", files.key, "--password-file", files.password];
    const first = await app.operator(...args);
    expect(first.code).toBe(0);
    expect(first.out).not.toContain(readFileSync(files.password, "utf8").trim());
    for (const file of Object.values(files)) expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = await app.withKey(readFileSync(files.key, "utf8").trim(), "users", "export");
    expect((await app.operator(...args)).code).toBe(0);
    expect(JSON.parse((await app.operator("keys", "list", "demo", "--json")).out)).toHaveLength(1);
    const after = await app.withKey(readFileSync(files.key, "utf8").trim(), "users", "export");
    // The last half hour may have gone on meanwhile.
    expect(after.out.split("\n").length).toBe(before.out.split("\n").length);
    expect((await signIn("demo@vitrine.test", readFileSync(files.password, "utf8").trim())).code).toBe(0);
  });

  it("fills another organisation under its key, without people", async () => {
    await app.operator("orgs", "create", "acme");
    const scopes = ["catalogue:write", "events:write", "stats:read"].flatMap((scope) => ["--scope", scope]);
    const { key } = JSON.parse((await app.operator("keys", "create", "acme", ...scopes, "--json")).out) as {
      key: string;
    };
    const ran = await app.run(["seed", ...AMOUNTS, "--json"], { environment: { VITRINE_KEY: key } });
    expect(JSON.parse(ran.out)).toMatchObject({ org: "acme", accepted: 40, people: [] });
    expect((await app.run(["orgs", "list"], { environment: { OPERATOR_KEY } })).out).not.toContain("demo");
  });

  it("makes a community in whose midst the people are, which is there the next time", async () => {
    const args = ["seed", "--count", "40", "--events", "0", "--people", "30", "--json"];
    const made = JSON.parse((await app.operator(...args)).out) as { password: string; community: Community };
    expect(made.community).toMatchObject({ person: 27, rejected: 0, duplicates: 0, there_until: null });
    expect(made.community.post).toBeGreaterThan(200);
    const feed = await feedOf("demo@vitrine.test", made.password);
    expect(feed.items).toHaveLength(100);
    expect(feed.next_cursor).not.toBeNull();
    expect(new Set(feed.items.map(({ author }) => author.id)).size).toBeGreaterThan(5);
    const again = JSON.parse((await app.operator(...args)).out) as { community: Community };
    expect(again.community).toMatchObject({ person: 0, friendship: 0, rejected: 0 });
    expect(again.community.there_until).toMatch(/^\d{4}-\d\d-\d\d$/);
    // A minute has gone by meanwhile.
    expect(again.community.accepted).toBeLessThan(10);
  });

  it("refuses a scale that is none", async () => {
    const ran = await app.operator("seed", "--scale", "huge");
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("small or full") });
  });

  it("makes products alone where that is asked", async () => {
    const args = ["seed", "--count", "40", "--events", "0", "--no-people", "--json"];
    const made = JSON.parse((await app.operator(...args)).out) as Record<string, unknown>;
    expect(made).toMatchObject({ accepted: 40, users: 0, events: 0, people: [] });
  });
});
