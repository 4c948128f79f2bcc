import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { AppError } from "../../src/domain/errors.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { forgetSessions } from "../../src/services/accounts/forget-sessions.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { openApp, problemOf, type TestApp } from "../http/open-app.ts";
import { anotherIsolate, callAndSettle, postJson, signIn, signUp, type Person } from "./people.ts";

let t: TestApp;
let ada: Person;

beforeEach(async () => {
  t = await openApp();
  ada = await signUp(t, "Ada");
});
afterEach(() => t.platform.close());

/** Whether `GET /v1/me` knows the person, and by how many round trips. */
async function ask(headers: Record<string, string>, overrides = {}) {
  const { response, trips } = await callAndSettle(t, "/v1/me", { headers }, overrides);
  return { status: response.status, trips };
}

function databaseAway(): Database {
  const error = new AppError("unavailable", { detail: "The database does not answer", retryAfterSeconds: 1 });
  return {
    get orm(): Database["orm"] {
      throw error;
    },
    all: () => Promise.reject(error),
  };
}

function signOut(headers: Record<string, string>, overrides = {}) {
  return callAndSettle(t, "/api/auth/sign-out", { method: "POST", headers }, overrides);
}

describe("a session", () => {
  test("comes with signing up, and says who asks", async () => {
    const me = await t.call("/v1/me", { headers: ada.bearer });
    expect(await me.json()).toEqual({
      id: ada.id,
      name: "Ada",
      email: "ada@shop.example",
      memberships: [],
    });
    expect(me.headers.get("cache-control")).toBe("no-store");
  });

  test("is a token for programs and a cookie for browsers", async () => {
    expect((await ask(ada.bearer)).status).toBe(200);
    expect((await ask(ada.cookie)).status).toBe(200);
    const response = await postJson(t, "/api/auth/sign-in/email", {
      email: ada.email,
      password: "correct horse battery",
    });
    const { token } = (await response.json()) as { token: string };
    expect(token).toBe(response.headers.get("set-auth-token"));
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(
      /^better-auth\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("costs no round trip once it is known, for 20 s", async () => {
    const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
    expect(await ask(ada.bearer, elsewhere)).toEqual({ status: 200, trips: 1 });
    expect(await ask(ada.bearer, elsewhere)).toEqual({ status: 200, trips: 0 });
    t.platform.clock.advance(20_000);
    expect(await ask(ada.bearer, elsewhere)).toEqual({ status: 200, trips: 0 });
  });

  test("waits for no round trip for 50 s, and then does", async () => {
    const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
    await ask(ada.bearer, elsewhere);
    const away = { ...elsewhere, db: databaseAway() };
    t.platform.clock.advance(50_000);
    expect(await ask(ada.bearer, away)).toEqual({ status: 200, trips: 0 });
    t.platform.clock.advance(1);
    expect(await ask(ada.bearer, elsewhere)).toEqual({ status: 200, trips: 1 });
  });

  test("is believed for five minutes while the database is away, and no longer", async () => {
    const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
    await ask(ada.bearer, elsewhere);
    const away = { ...elsewhere, db: databaseAway() };
    t.platform.clock.advance(300_000);
    expect((await ask(ada.bearer, away)).status).toBe(200);
    expect((await ask(ada.bearer, { ...away, isolate: newIsolate() })).status).toBe(503);
    t.platform.clock.advance(1);
    expect((await ask(ada.bearer, away)).status).toBe(503);
    expect((await ask(ada.bearer, elsewhere)).status).toBe(200);
  });

  test("is looked up again after the response once 20 s old", async () => {
    const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
    await ask(ada.bearer, elsewhere);
    t.platform.clock.advance(20_001);
    await ask(ada.bearer, elsewhere);
    t.platform.clock.advance(50_000);
    expect((await ask(ada.bearer, { ...elsewhere, db: databaseAway() })).status).toBe(200);
  });

  test("is known to another isolate of the data centre without a round trip", async () => {
    await ask(ada.bearer);
    expect(await ask(ada.bearer, anotherIsolate())).toEqual({ status: 200, trips: 0 });
  });

  test("ends after 30 days, for who remembers it too", async () => {
    t.platform.clock.advance(30 * 86_400_000 - 10_000);
    expect((await ask(ada.bearer)).status).toBe(200);
    t.platform.clock.advance(10_000);
    expect((await ask(ada.bearer)).status).toBe(401);
    expect((await ask(ada.cookie)).status).toBe(401);
  });

  test.each([
    ["another signature", (token: string) => `${token.slice(0, -3)}${token.at(-3) === "A" ? "B" : "A"}A=`],
    ["no signature", (token: string) => token.split(".")[0]],
    ["another token's signature", (token: string) => `${"a".repeat(32)}.${token.split(".")[1]}`],
  ])("with %s is refused without a round trip", async (_, forge) => {
    const token = forge(ada.bearer.authorization.slice("Bearer ".length));
    expect(await ask({ authorization: `Bearer ${token}` })).toEqual({ status: 401, trips: 0 });
    const cookie = `better-auth.session_token=${encodeURIComponent(token)}`;
    expect(await ask({ cookie })).toEqual({ status: 401, trips: 0 });
    expect((await t.call("/v1/search?q=", { headers: { cookie } })).status).not.toBe(401);
  });
});

describe("signing out", () => {
  test("holds at once in this isolate and this data centre", async () => {
    await ask(ada.bearer);
    expect((await signOut(ada.bearer)).response.status).toBe(200);
    expect((await ask(ada.bearer)).status).toBe(401);
    expect((await ask(ada.cookie)).status).toBe(401);
    expect((await ask(ada.bearer, anotherIsolate())).status).toBe(401);
  });

  test.each([0, 15, 25, 45])("holds elsewhere within 50 s of it, remembered %i s before", async (before) => {
    const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
    await ask(ada.bearer, elsewhere);
    t.platform.clock.advance(before * 1_000);
    await signOut(ada.bearer);
    t.platform.clock.advance(50_001 - before * 1_000);
    expect((await ask(ada.bearer, elsewhere)).status).toBe(401);
    expect((await ask(ada.bearer, { ...elsewhere, isolate: newIsolate() })).status).toBe(401);
  });

  test("is not put off by isolates that hand a copy on", async () => {
    const edgeCache = new MemoryEdgeCache(t.platform.clock);
    await ask(ada.bearer, { isolate: newIsolate(), edgeCache });
    await signOut(ada.bearer);
    let since = 0;
    // Each isolate begins with the copy in the data centre's cache, and asks again when it is no longer fresh.
    for (; since < 60; since += 5) {
      const { status } = await ask(ada.bearer, { isolate: newIsolate(), edgeCache });
      if (status === 401) break;
      t.platform.clock.advance(5_000);
    }
    expect(since).toBeLessThanOrEqual(50);
  });

  test("clears the cookie, and needs no session", async () => {
    const { response } = await signOut({ ...ada.cookie, "sec-fetch-site": "same-origin" });
    expect(response.headers.getSetCookie().join()).toMatch(/better-auth\.session_token=; Max-Age=0/);
    expect((await signOut({})).response.status).toBe(200);
    expect((await ask(ada.bearer)).status).toBe(401);
  });
});

describe("own sessions", () => {
  async function sessions(headers: Record<string, string>) {
    const response = await t.call("/v1/me/sessions", { headers });
    return ((await response.json()) as { items: { id: string; current: boolean }[] }).items;
  }

  test("are listed with the one that asks", async () => {
    t.platform.clock.advance(1_000);
    const second = await signIn(t, ada);
    expect((await sessions(second.bearer)).map(({ current }) => current)).toEqual([false, true]);
    const [first] = await sessions(ada.bearer);
    expect(first).toEqual({
      id: expect.stringMatching(/^ses_/),
      user_agent: null,
      created_at: "2026-01-02T03:04:05.000Z",
      expires_at: "2026-02-01T03:04:05.000Z",
      current: true,
    });
    const page = await t.call("/v1/me/sessions?limit=1", { headers: ada.bearer });
    const { next_cursor: cursor } = (await page.json()) as { next_cursor: string };
    const rest = await t.call(`/v1/me/sessions?limit=1&cursor=${cursor}`, { headers: ada.bearer });
    expect(await rest.json()).toMatchObject({ items: [{ current: false }], next_cursor: null });
  });

  test("can be ended, but not another's", async () => {
    const bob = await signUp(t, "Bob");
    t.platform.clock.advance(1);
    const second = await signIn(t, ada);
    const [first] = await sessions(ada.bearer);
    const end = (headers: Record<string, string>) =>
      t.call(`/v1/me/sessions/${first.id}`, { method: "DELETE", headers });
    expect((await end(bob.bearer)).status).toBe(404);
    expect((await ask(ada.bearer)).status).toBe(200);
    expect((await end(second.bearer)).status).toBe(204);
    expect((await ask(ada.bearer)).status).toBe(401);
    expect((await ask(second.bearer)).status).toBe(200);
    expect((await end(second.bearer)).status).toBe(404);
  });

  test("a cursor of another person is refused", async () => {
    await signIn(t, ada);
    const page = await t.call("/v1/me/sessions?limit=1", { headers: ada.bearer });
    const { next_cursor: cursor } = (await page.json()) as { next_cursor: string };
    const bob = await signUp(t, "Bob");
    const foreign = await t.call(`/v1/me/sessions?cursor=${cursor}`, { headers: bob.bearer });
    expect(await problemOf(foreign)).toMatchObject({ code: "bad_cursor" });
  });
});

describe("get-session", () => {
  test("shows the session that asks", async () => {
    const response = await t.call("/api/auth/get-session", { headers: ada.cookie });
    expect(await response.json()).toEqual({
      session: {
        id: expect.stringMatching(/^ses_/),
        userId: ada.id,
        createdAt: "2026-01-02T03:04:05.000Z",
        expiresAt: "2026-02-01T03:04:05.000Z",
      },
      user: { id: ada.id, name: "Ada", email: "ada@shop.example", emailVerified: false },
    });
  });

  test("is null for who is not signed in", async () => {
    expect(await (await t.call("/api/auth/get-session")).json()).toBeNull();
    const cookie = "better-auth.session_token=garbage";
    expect(await (await t.call("/api/auth/get-session", { headers: { cookie } })).json()).toBeNull();
  });
});

describe("each new session", () => {
  test("is a login in each of the person's organisations, once", async () => {
    const orgs = ["acme", "umbrella"];
    for (const slug of orgs) await postJson(t, "/v1/orgs", { name: slug, slug }, ada.bearer);
    await signIn(t, ada);
    const { rows } = await t.platform.client.execute("SELECT body FROM event_batches");
    const logins = rows.map(({ body }) => String(body)).filter((text) => text.includes("login:ses_"));
    expect(logins).toHaveLength(orgs.length);
  });

  test("is made though the login cannot be recorded", async () => {
    await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
    await t.platform.client.execute("ALTER TABLE event_batches RENAME TO gone");
    expect((await t.call("/v1/me", { headers: (await signIn(t, ada)).bearer })).status).toBe(200);
    expect(t.platform.log.lines).toContainEqual(expect.objectContaining({ event: "sign_in_not_recorded" }));
  });
});

test("expired sessions are forgotten", async () => {
  const count = async () => (await t.platform.client.execute("SELECT id FROM sessions")).rows.length;
  const ctx = { ...openMemoryDeps(t.platform), actor: { kind: "operator" as const } };
  expect(await forgetSessions(ctx)).toBe(0);
  t.platform.clock.advance(30 * 86_400_000 + 1);
  await signIn(t, ada);
  expect(await forgetSessions(ctx)).toBe(1);
  expect(await count()).toBe(1);
});

test("keys of the caches are digests, never tokens", async () => {
  const seen: string[] = [];
  const { clock } = t.platform;
  const watching = new (class extends MemoryEdgeCache {
    override async put(key: string, value: string, ttlSeconds: number): Promise<void> {
      seen.push(key, value);
      return super.put(key, value, ttlSeconds);
    }
  })(clock);
  await ask(ada.bearer, { isolate: newIsolate(), edgeCache: watching });
  const token = ada.bearer.authorization.slice("Bearer ".length).split(".")[0];
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.join()).not.toContain(token);
});
