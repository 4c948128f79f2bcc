import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { postJson, signUp, type Person } from "../accounts/people.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";
import { rollOut } from "./rollout.ts";

let t: TestApp;
let ada: Person;
let org: string;
beforeEach(async () => {
  t = await openApp();
  ada = await signUp(t, "Ada");
  const made = await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
  org = ((await made.json()) as { id: string }).id;
});
afterEach(() => t.platform.close());

async function status(path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  return (await t.call(path, { method, headers })).status;
}

describe("the operator's key", () => {
  const next = "the operator's next key, 0123456789";
  test("is two while one takes the other's place", async () => {
    const old = operatorHeaders(t.platform);
    rollOut(t.platform, { nextOperatorKey: next });
    expect(await status("/v1/admin/backlog", old)).toBe(200);
    expect(
      await status("/v1/admin/backlog", { authorization: `Bearer ${next.replaceAll(/\s/g, "_")}` }),
    ).toBe(401);
    rollOut(t.platform, { nextOperatorKey: "operator-key-that-comes-next-0123456789" });
    const fresh = { authorization: "Bearer operator-key-that-comes-next-0123456789" };
    expect(await status("/v1/admin/backlog", fresh)).toBe(200);
    rollOut(t.platform, { operatorKey: "operator-key-that-comes-next-0123456789", nextOperatorKey: null });
    expect(await status("/v1/admin/backlog", old)).toBe(401);
    expect(await status("/v1/admin/backlog", fresh)).toBe(200);
  });

  test("is none where neither is set", async () => {
    rollOut(t.platform, { operatorKey: null, nextOperatorKey: null });
    expect(await status("/v1/admin/backlog", { authorization: "Bearer null" })).toBe(401);
  });
});

describe("an API key that is rotated", () => {
  type Key = { id: string; key: string; scopes: string[]; name: string };
  const create = async () => {
    const body = { name: "importer", scopes: ["stats:read"] };
    return (await (await postJson(t, `/v1/orgs/${org}/api-keys`, body, ada.bearer)).json()) as Key;
  };
  const rotateKey = (id: string, body: object = {}) =>
    postJson(t, `/v1/orgs/${org}/api-keys/${id}/rotate`, body, ada.bearer);
  const works = (key: string) => status(`/v1/orgs/${org}/users`, { authorization: `Bearer ${key}` });

  test("holds beside the new one until the time that was said, then nowhere", async () => {
    const old = await create();
    const answer = await rotateKey(old.id, { overlap_seconds: 3_600 });
    expect(answer.status).toBe(201);
    const fresh = (await answer.json()) as Key & { replaces: string; old_ends_at: string };
    expect(fresh).toMatchObject({ replaces: old.id, name: old.name, scopes: old.scopes });
    expect(Date.parse(fresh.old_ends_at)).toBe(t.platform.clock.now() + 3_600_000);
    expect([await works(old.key), await works(fresh.key)]).toEqual([200, 200]);
    t.platform.clock.advance(3_600_000 + 30_000);
    expect([await works(old.key), await works(fresh.key)]).toEqual([401, 200]);
    t.platform.isolate = newIsolate();
    expect([await works(old.key), await works(fresh.key)]).toEqual([401, 200]);
  });

  test("ends at once where no overlap is wanted", async () => {
    const old = await create();
    await rotateKey(old.id, { overlap_seconds: 0 });
    expect(await works(old.key)).toBe(401);
  });

  test("is rotated once, and not when it is revoked or another's", async () => {
    const old = await create();
    await rotateKey(old.id);
    expect(await problemOf(await rotateKey(old.id))).toMatchObject({ code: "conflict", status: 409 });
    const gone = await create();
    await status(`/v1/orgs/${org}/api-keys/${gone.id}`, ada.bearer, "DELETE");
    expect((await rotateKey(gone.id)).status).toBe(404);
    expect((await rotateKey("key_none")).status).toBe(404);
    expect((await rotateKey(old.id, { overlap_seconds: 2_592_001 })).status).toBe(422);
  });

  test("can still be revoked at once", async () => {
    const old = await create();
    await rotateKey(old.id);
    expect(await status(`/v1/orgs/${org}/api-keys/${old.id}`, ada.bearer, "DELETE")).toBe(204);
    expect(await works(old.key)).toBe(401);
  });
});
