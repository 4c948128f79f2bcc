import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { openApp, type TestApp } from "../http/open-app.ts";
import { anotherIsolate, callAndSettle, postJson, signUp, type Person } from "./people.ts";

let t: TestApp;
let ada: Person;

beforeEach(async () => {
  t = await openApp();
  ada = await signUp(t, "Ada");
});
afterEach(() => t.platform.close());

function me(overrides = {}) {
  return callAndSettle(t, "/v1/me", { headers: ada.bearer }, overrides);
}

describe("memberships", () => {
  test("are known at once where they change, though the session is remembered", async () => {
    const before = await t.call("/v1/me", { headers: ada.bearer });
    expect(await before.json()).toMatchObject({ memberships: [] });
    await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
    const after = await t.call("/v1/me", { headers: ada.bearer });
    expect(await after.json()).toMatchObject({ memberships: [{ org: { slug: "acme" }, role: "owner" }] });
    expect((await me()).trips).toBe(0);
  });

  test("are known elsewhere within 50 s", async () => {
    const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
    await me(elsewhere);
    await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
    t.platform.clock.advance(50_001);
    const { response } = await me(elsewhere);
    expect(await response.json()).toMatchObject({ memberships: [{ role: "owner" }] });
  });

  test("of who has just founded an organisation are known in every isolate", async () => {
    const elsewhere = anotherIsolate();
    expect((await callAndSettle(t, "/v1/orgs", { headers: ada.bearer }, elsewhere)).response.status).toBe(
      200,
    );
    await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
    for (const headers of [ada.bearer, ada.cookie]) {
      const asked = await callAndSettle(t, "/v1/orgs/acme", { headers }, elsewhere);
      expect(asked.response.status).toBe(200);
    }
    const again = await callAndSettle(t, "/v1/orgs/acme", { headers: ada.bearer }, elsewhere);
    expect(again.trips).toBe(1);
  });
});
