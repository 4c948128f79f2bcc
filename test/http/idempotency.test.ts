import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiKey } from "../../src/services/orgs/api-keys.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { echoRoutes } from "./echo-routes.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";

let t: TestApp;
let calls: { count: number };

beforeEach(async () => {
  calls = { count: 0 };
  t = await openApp({}, echoRoutes(calls));
});
afterEach(() => t.platform.close());

function post(body: string, key: string, headers: Record<string, string> = {}): Promise<Response> {
  const all = {
    "content-type": "application/json",
    "idempotency-key": key,
    ...operatorHeaders(t.platform),
    ...headers,
  };
  return t.call("/v1/echo", { method: "POST", body, headers: all });
}

test("replays the answer, and does nothing again", async () => {
  const first = await post('{"text":"a"}', "k1");
  const again = await post('{"text":"a"}', "k1");
  expect([again.status, await again.text()]).toEqual([201, await first.text()]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(again.headers.get("location")).toBe("/v1/echo/1");
  expect(again.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  expect(calls.count).toBe(1);
});

test("replays a refusal too", async () => {
  expect((await post('{"text":"taken"}', "k1")).status).toBe(409);
  const again = await post('{"text":"taken"}', "k1");
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await problemOf(again)).toMatchObject({ code: "conflict" });
  expect(calls.count).toBe(1);
});

test("lets a failure of ours be tried again", async () => {
  expect((await post('{"text":"busy"}', "k1")).status).toBe(503);
  expect((await post('{"text":"busy"}', "k1")).status).toBe(503);
  expect(calls.count).toBe(2);
});

test("refuses another body or query under the same key", async () => {
  await post('{"text":"a"}', "k1");
  expect(await problemOf(await post('{"text":"b"}', "k1"))).toMatchObject({
    status: 409,
    code: "idempotency_conflict",
  });
  expect(calls.count).toBe(1);
});

test("does one of two at once, and tells the other to wait", async () => {
  const both = await Promise.all([post('{"text":"a"}', "k1"), post('{"text":"a"}', "k1")]);
  const statuses = both.map(({ status }) => status).sort();
  expect(calls.count).toBe(1);
  expect([
    [201, 201],
    [201, 409],
  ]).toContainEqual(statuses);
});

test("tells who comes while the first is under way to wait", async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = await openApp({}, (app) => {
    app.use("/v1/echo", async (_, next) => {
      await held;
      await next();
    });
    echoRoutes(calls)(app);
  });
  const headers = {
    "content-type": "application/json",
    "idempotency-key": "k",
    ...operatorHeaders(slow.platform),
  };
  const call = () => slow.call("/v1/echo", { method: "POST", body: '{"text":"a"}', headers });
  const both = [call(), call()];
  const refused = await Promise.race(both);
  expect(await problemOf(refused)).toMatchObject({ status: 409, code: "conflict" });
  expect(refused.headers.get("retry-after")).toBe("1");
  release();
  expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 409]);
  slow.platform.close();
});

test("keeps nothing of what is open to all, whoever asks: a session is no answer to keep", async () => {
  const headers = {
    "content-type": "application/json",
    "idempotency-key": "k1",
    ...operatorHeaders(t.platform),
  };
  for (const status of [200, 409]) {
    const account = { name: "Ada", email: "ada@shop.example", password: "correct horse battery" };
    const init = { method: "POST", body: JSON.stringify(account), headers };
    expect((await t.call("/api/auth/sign-up/email", init)).status).toBe(status);
  }
  const { rows } = await t.platform.client.execute("SELECT * FROM idempotency_keys");
  expect(rows).toEqual([]);
});

test("forgets after 24 hours", async () => {
  await post('{"text":"a"}', "k1");
  t.platform.clock.advance(24 * 3_600_000 + 1);
  expect((await post('{"text":"b"}', "k1")).status).toBe(201);
});

test("keeps answers sealed", async () => {
  await post('{"text":"visible?"}', "k1");
  const { rows } = await t.platform.client.execute("SELECT * FROM idempotency_keys");
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ actor: "operator", status: 201 });
  expect(JSON.stringify(rows)).not.toContain("visible?");
});

test("keeps the keys of two credentials apart", async () => {
  const ctx = { ...openMemoryDeps(t.platform), actor: { kind: "operator" as const } };
  const org = await createOrg(ctx, { name: "Lamps", slug: "lamps" });
  const { secret } = await createApiKey(ctx, { org: org.id, name: "k", scopes: ["events:write"] });
  await post('{"text":"a"}', "k1");
  const other = await post('{"text":"b"}', "k1", { authorization: `Bearer ${secret}` });
  expect([other.status, await other.json()]).toEqual([201, { text: "b", call: 2 }]);
});

test.each(["a b", "é", "x".repeat(256), "\t"])("refuses the malformed key %.20j", async (key) => {
  const response = await post('{"text":"a"}', key);
  expect(response.status).toBe(400);
  expect(calls.count).toBe(0);
});

test("counts the round trips it costs: one to claim, one to keep", async () => {
  const timing = (await post('{"text":"a"}', "k1")).headers.get("server-timing");
  expect(timing).toContain('desc="2 trips"');
  expect((await post('{"text":"a"}', "k1")).headers.get("server-timing")).toContain('desc="1 trip"');
});
