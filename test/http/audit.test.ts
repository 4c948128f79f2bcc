import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Client } from "@libsql/client";
import { openDatabase } from "../../src/db/client.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { tick } from "../../src/queue/tick.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { createWorld, type World } from "./credentials.ts";
import { openApp, problemOf, type TestApp } from "./open-app.ts";

const DAY_MS = 86_400_000;

interface Line {
  id: string;
  org: string | null;
  actor: string;
  action: string;
  target: string | null;
  facts: Record<string, unknown> | null;
}
interface Page {
  items: Line[];
  next_cursor: string | null;
}

let t: TestApp;
let world: World;
beforeEach(async () => {
  t = await openApp();
  world = await createWorld(t.platform);
});
afterEach(() => t.platform.close());

function as(name: string): Record<string, string> {
  const found = world.credentials.find((one) => one.name === name);
  return { authorization: found?.authorization ?? "", "content-type": "application/json" };
}

async function send(method: string, path: string, body?: object, who = "the owner"): Promise<Response> {
  // So that lines are in the order of what was asked.
  t.platform.clock.advance(5);
  const init = { method, headers: as(who), ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return t.call(path.replace("{org}", world.own.id), init);
}

async function log(query = "", who = "the owner"): Promise<Page> {
  const response = await send("GET", `/v1/orgs/{org}/audit${query}`, undefined, who);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

async function newKey(): Promise<{ id: string }> {
  const body = { name: "importer of Ada", scopes: ["catalogue:write"] };
  return (await (await send("POST", "/v1/orgs/{org}/api-keys", body)).json()) as { id: string };
}

describe("the audit log", () => {
  test("tells the newest first, by pages that neither skip nor repeat", async () => {
    for (let i = 0; i < 5; i++) {
      await newKey();
      t.platform.clock.advance(5);
    }
    const all = await log("?limit=100");
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page = await log(`?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect(seen).toEqual([...seen].sort().reverse());
    expect(all.items[0]).toMatchObject({ action: "api_key.created", actor: "user:own-owner" });
  });

  test("is filtered by who, what and since when, and a cursor is of its filter alone", async () => {
    t.platform.clock.advance(1_000);
    const since = new Date(t.platform.clock.now()).toISOString();
    const { id } = await newKey();
    await send("DELETE", `/v1/orgs/{org}/api-keys/${id}`, undefined, "the admin");
    await send("PATCH", "/v1/orgs/{org}", { name: "Anew" });
    const actions = async (query: string) => (await log(query)).items.map(({ action }) => action);
    expect(await actions(`?since=${since}`)).toHaveLength(3);
    expect(await actions(`?since=${since}&actor=user:own-admin`)).toEqual(["api_key.revoked"]);
    expect(await actions(`?action=org.updated`)).toEqual(["org.updated"]);
    const { next_cursor: cursor } = await log("?limit=1");
    const foreign = await send("GET", `/v1/orgs/{org}/audit?limit=1&actor=operator&cursor=${cursor}`);
    expect(await problemOf(foreign)).toMatchObject({ code: "bad_cursor" });
    expect((await send("GET", "/v1/orgs/{org}/audit?action=made.up")).status).toBe(400);
    expect((await send("GET", "/v1/orgs/{org}/audit?actor=' OR 1")).status).toBe(400);
  });

  test("holds no name, address or secret", async () => {
    const key = (await (
      await send("POST", "/v1/orgs/{org}/api-keys", { name: "importer of Ada", scopes: ["stats:read"] })
    ).json()) as { key: string };
    await send("POST", "/v1/orgs/{org}/members", { email: "ada@shop.example", role: "analyst" });
    await send("DELETE", "/v1/orgs/{org}/members/ada@shop.example");
    await send("DELETE", `/v1/orgs/{org}/users/${world.own.userId}`);
    const { rows } = await t.platform.client.execute("SELECT * FROM audit_log");
    const text = JSON.stringify(rows);
    for (const secret of ["Ada", "ada@", key.key, `"${world.own.userId}"`])
      expect(text).not.toContain(secret);
    const { items } = await log("?limit=3");
    expect(items.map(({ action }) => action)).toEqual([
      "user.erased",
      "invitation.withdrawn",
      "member.invited",
    ]);
  });

  test("has no line of what was refused, or changed nothing", async () => {
    const { id } = await newKey();
    await send("DELETE", `/v1/orgs/{org}/api-keys/${id}`);
    const before = await log("?limit=100");
    await send("DELETE", `/v1/orgs/{org}/api-keys/${id}`);
    await send("DELETE", "/v1/orgs/{org}/api-keys/key_none");
    await send("PATCH", "/v1/orgs/{org}", { slug: world.foreign.id.replaceAll("_", "-") }, "the analyst");
    await send("PATCH", "/v1/orgs/{org}/members/own-owner", { role: "member" });
    await send("DELETE", "/v1/orgs/{org}/members/nobody");
    await send("POST", "/v1/orgs/{org}/api-keys", { name: "x", scopes: [] });
    expect(await log("?limit=100")).toEqual(before);
  });

  test("is the owners', the admins' and the operator's to read", async () => {
    for (const [who, status] of [
      ["the admin", 200],
      ["the operator key", 200],
      ["the analyst", 403],
      ["the member", 403],
      ["a key with stats:read", 403],
      ["the other's owner", 404],
    ] as const)
      expect((await send("GET", "/v1/orgs/{org}/audit", undefined, who)).status).toBe(status);
  });

  test("shows the operator all organisations, one, or what concerns none", async () => {
    await send(
      "PUT",
      "/v1/search/synonyms",
      { groups: [["sofa", "couch"]], one_way: [] },
      "the operator key",
    );
    const read = async (query: string) => {
      const response = await send("GET", `/v1/admin/audit${query}`, undefined, "the operator key");
      return ((await response.json()) as Page).items;
    };
    const orgs = new Set((await read("?limit=100")).map(({ org }) => org));
    expect(orgs).toEqual(new Set([null, world.own.id, world.foreign.id]));
    const none = await read("?org=none");
    expect(new Set(none.map(({ org }) => org))).toEqual(new Set([null]));
    expect(none[0]).toMatchObject({ action: "synonyms.replaced", actor: "operator" });
    const own = await read(`?org=${world.own.id}`);
    expect(new Set(own.map(({ org }) => org))).toEqual(new Set([world.own.id]));
  });

  test("goes out whole as NDJSON", async () => {
    const { items } = await log("?limit=100");
    const response = await send("GET", "/v1/orgs/{org}/audit.ndjson");
    const lines = (await response.text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as Line)).toEqual(items);
    expect((await log("?limit=1")).items[0].action).toBe("audit.exported");
  });
});

describe("an action and its line", () => {
  /** Fails the whole batch at its last statement, as a full disk or a broken connection would. */
  function failing(client: Client): Client {
    const batch: Client["batch"] = (statements, mode) => {
      const broken = [...(statements as string[]), "INSERT INTO no_such_table VALUES (1)"];
      return client.batch(broken, mode ?? "write");
    };
    return new Proxy(client, {
      get(target, name) {
        if (name === "batch") return batch;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? (value as () => unknown).bind(target) : value;
      },
    });
  }

  test("are written both or neither", async () => {
    const tables = [
      "audit_log",
      "api_keys",
      "members",
      "webhooks",
      "organisations",
      "site_keys",
      "search_settings",
    ];
    const all = async () =>
      Promise.all(
        tables.map(async (name) => (await t.platform.client.execute(`SELECT * FROM ${name}`)).rows),
      );
    const before = await all();
    const db = openDatabase(() => failing(t.platform.client), newReceipt());
    const tries: [string, string, object | undefined, string][] = [
      ["POST", "/v1/orgs/{org}/api-keys", { name: "k", scopes: ["stats:read"] }, "the owner"],
      ["POST", "/v1/orgs/{org}/site-keys", { name: "k", origins: ["https://a.example"] }, "the owner"],
      ["PATCH", "/v1/orgs/{org}/members/own-analyst", { role: "admin" }, "the owner"],
      ["DELETE", "/v1/orgs/{org}/members/own-analyst", undefined, "the owner"],
      ["PATCH", "/v1/orgs/{org}", { name: "Other" }, "the owner"],
      ["PUT", "/v1/search/synonyms", { groups: [["a", "b"]], one_way: [] }, "the operator key"],
      ["DELETE", `/v1/orgs/{org}/webhooks/${world.own.webhookId}`, undefined, "the owner"],
    ];
    for (const [method, path, body, who] of tries) {
      await send("GET", "/v1/orgs/{org}", undefined, who);
      const init = {
        method,
        headers: as(who),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      const response = await t.call(path.replace("{org}", world.own.id), init, { db });
      expect(response.status, path).toBe(500);
    }
    expect(await all()).toEqual(before);
  });

  test("cost one round trip together", async () => {
    await newKey();
    const response = await send("POST", "/v1/orgs/{org}/api-keys", { name: "k", scopes: ["stats:read"] });
    expect(response.headers.get("server-timing")).toMatch(/db;dur=[\d.]+;desc="1 trip"/);
  });
});

describe("a line", () => {
  test("cannot be changed, nor deleted within a year", async () => {
    const { client } = t.platform;
    await expect(client.execute("UPDATE audit_log SET actor = 'operator'")).rejects.toThrow("never changed");
    await expect(client.execute("DELETE FROM audit_log")).rejects.toThrow("kept for a year");
  });

  test("is forgotten by the tick after 400 days, and not before", async () => {
    await tick(openMemoryDeps(t.platform));
    const old = (await log("?limit=100")).items.map(({ id }) => id);
    const count = async () => (await t.platform.client.execute("SELECT id FROM audit_log")).rows.length;
    t.platform.clock.advance(399 * DAY_MS);
    await newKeyByOperator();
    const before = await count();
    await tick(openMemoryDeps(t.platform));
    expect(await count()).toBe(before);
    t.platform.clock.advance(2 * DAY_MS);
    await tick(openMemoryDeps(t.platform));
    const { rows } = await t.platform.client.execute("SELECT id FROM audit_log");
    expect(old.filter((id) => rows.some((row) => row.id === id))).toEqual([]);
    expect(rows).toHaveLength(1);
  });

  async function newKeyByOperator(): Promise<void> {
    const body = { name: "k", scopes: ["stats:read"] };
    expect((await send("POST", "/v1/orgs/{org}/api-keys", body, "the operator key")).status).toBe(201);
  }
});
