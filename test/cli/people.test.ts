import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startApp, type RunningApp } from "./app.ts";
import type { Ran, Surroundings } from "./command-line.ts";

const PASSWORD = "correct horse battery";

let home: string;
let app: RunningApp;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "vitrine-home-"));
  app = await startApp();
  for (const name of ["ada", "bo"]) await signUp(name);
});

afterEach(async () => {
  await app.close();
  rmSync(home, { recursive: true, force: true });
});

async function signUp(name: string): Promise<void> {
  const response = await fetch(`${app.url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, email: `${name}@example.com`, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`Sign-up of ${name}: ${response.status} ${await response.text()}`);
}

/** As a person at home, who may have signed in. */
function at(args: readonly string[], more: Surroundings = {}): Promise<Ran> {
  return app.run(args, { ...more, environment: { HOME: home, ...more.environment } });
}

function signIn(name: string, password = PASSWORD): Promise<Ran> {
  const environment = { VITRINE_EMAIL: `${name}@example.com`, VITRINE_PASSWORD: password };
  return at(["sign-in"], { environment });
}

const file = (): string => join(home, ".config/vitrine/sessions.json");

describe("vitrine sign-in", () => {
  it("keeps the session for this person alone, and commands go by it", async () => {
    expect(await signIn("ada")).toMatchObject({ code: 0, out: expect.stringContaining("as ada") });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readFileSync(file(), "utf8")).not.toContain(PASSWORD);
    expect((await at(["orgs", "create", "acme"])).code).toBe(0);
    expect((await at(["orgs", "list"])).out).toMatch(/ROLE\n.*acme.*owner/);
  });

  it("asks for what it is not told, the password hidden", async () => {
    const asked: boolean[] = [];
    const ran = await at(["sign-in"], { answers: ["ada@example.com", PASSWORD], asked });
    expect(ran.code).toBe(0);
    expect(asked).toEqual([false, true]);
  });

  it("refuses where nobody can be asked, and a wrong password without naming keys", async () => {
    expect(await at(["sign-in"])).toMatchObject({ code: 2, err: expect.stringContaining("VITRINE_EMAIL") });
    const wrong = await signIn("ada", "not the password");
    expect(wrong.code).toBe(1);
    expect(wrong.err).not.toContain("--key");
    expect(existsSync(file())).toBe(false);
  });

  it("shows the session to no other deployment", async () => {
    await signIn("ada");
    const other = await startApp();
    const ran = await at(["orgs", "list", "--url", other.url]);
    await other.close();
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("vitrine sign-in") });
  });

  it("is undone by sign-out, here and at the deployment", async () => {
    await signIn("ada");
    const [{ token }] = Object.values(
      JSON.parse(readFileSync(file(), "utf8")) as Record<string, { token: string }>,
    );
    expect((await at(["sign-out"])).code).toBe(0);
    expect(existsSync(file())).toBe(false);
    expect((await at(["orgs", "list", "--key", token])).code).toBe(1);
    expect((await at(["sign-out"])).out).toContain("Nobody is signed in");
  });
});

describe("vitrine members", () => {
  beforeEach(async () => {
    await signIn("ada");
    await at(["orgs", "create", "acme"]);
  });

  async function roles(): Promise<Record<string, string>> {
    const { out } = await at(["members", "list", "--json"]);
    const members = JSON.parse(out) as { email: string; role: string }[];
    return Object.fromEntries(members.map(({ email, role }) => [email, role]));
  }

  it("adds, changes and removes people by e-mail, in the only organisation", async () => {
    expect((await at(["members", "add", "bo@example.com", "--role", "analyst"])).out).toContain("Added");
    expect((await at(["members", "role", "BO@example.com", "admin"])).code).toBe(0);
    expect(await roles()).toEqual({ "ada@example.com": "owner", "bo@example.com": "admin" });
    expect((await at(["members", "remove", "bo@example.com"])).code).toBe(0);
    expect(await roles()).toEqual({ "ada@example.com": "owner" });
  });

  it("invites who has no account yet, and takes it back", async () => {
    expect((await at(["members", "add", "new@example.com"])).out).toContain("Invited");
    expect(await roles()).toMatchObject({ "new@example.com": "member" });
    expect((await at(["members", "remove", "new@example.com"])).code).toBe(0);
    expect(await roles()).toEqual({ "ada@example.com": "owner" });
  });

  it("says why not", async () => {
    expect(await at(["members", "remove", "who@example.com"])).toMatchObject({ code: 2 });
    const last = await at(["members", "role", "ada@example.com", "member"]);
    expect(last).toMatchObject({ code: 1, err: expect.stringMatching(/last owner/i) });
    expect((await at(["members", "add", "bo@example.com", "--role", "king"])).err).toContain("role");
  });
});

describe("vitrine sites", () => {
  it("creates a key with the script to paste, lists and revokes it", async () => {
    await app.operator("orgs", "create", "acme");
    const args = ["sites", "create", "Shop", "--origin", "https://shop.example"];
    expect((await app.operator("sites", "create", "Shop")).code).toBe(2);
    const created = await app.operator(...args);
    const [id] = /site_\w+/.exec(created.out) ?? [""];
    expect(created.err).toContain(`<script async src="${app.url}/b.js" data-site="${id}"></script>`);
    expect((await app.operator("sites", "list")).out).toContain("https://shop.example");
    expect((await app.operator("sites", "revoke", id)).code).toBe(0);
    expect((await app.operator("sites", "list", "--json")).out).toMatch(/"revoked_at": "2/);
  });
});
