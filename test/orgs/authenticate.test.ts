import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { authenticate } from "../../src/services/orgs/authenticate.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import { openApp, operatorHeaders } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

let t: TestApp;
let platform: MemoryPlatform;
let bearer: string;
let orgId: string;

beforeEach(async () => {
  t = await openApp();
  platform = t.platform;
  const merchant = await newMerchant(t, "acme");
  bearer = merchant.headers.authorization;
  orgId = merchant.orgId;
});
afterEach(() => platform.close());

/** Who it is, and how many round trips it took to know. */
async function ask(authorization: string | undefined, isolate = platform.isolate) {
  const deps = openMemoryDeps(platform, { isolate });
  const actor = await authenticate(deps, authorization).catch((error: { code: string }) => error.code);
  return { actor, trips: deps.receipt.dbTrips };
}

async function revoke(): Promise<void> {
  const headers = operatorHeaders(platform);
  const list = await t.call("/v1/orgs/acme/api-keys", { headers });
  const { items } = (await list.json()) as { items: { id: string }[] };
  const response = await t.call(`/v1/orgs/acme/api-keys/${items[0].id}`, { method: "DELETE", headers });
  expect(response.status).toBe(204);
}

test("no header is anonymous", async () => {
  expect(await ask(undefined)).toEqual({ actor: { kind: "anonymous" }, trips: 0 });
});

test("the operator key is the operator, without a round trip", async () => {
  expect(await ask(`bearer  ${platform.config.operatorKey}`)).toEqual({
    actor: { kind: "operator" },
    trips: 0,
  });
});

test("where there is no operator key, no text is one", async () => {
  const deps = openMemoryDeps(platform, { config: { ...platform.config, operatorKey: null } });
  for (const key of ["null", "", platform.config.operatorKey]) {
    await expect(authenticate(deps, `Bearer ${key}`)).rejects.toMatchObject({ code: "unauthorized" });
  }
});

test("an API key is its organisation, by one round trip and then by none for 30 s", async () => {
  const isolate = newIsolate();
  const first = await ask(bearer, isolate);
  expect(first).toMatchObject({ actor: { kind: "api-key", orgId, scopes: ["catalogue:write"] }, trips: 1 });
  platform.clock.advance(29_999);
  expect((await ask(bearer, isolate)).trips).toBe(0);
  platform.clock.advance(1);
  expect((await ask(bearer, isolate)).trips).toBe(1);
});

test.each([
  "",
  "Bearer",
  "Bearer ",
  "Basic dXNlcjpwYXNz",
  "Bearer a b",
  "Bearer vk_short",
  `Bearer vk_${"a".repeat(41)}`,
  `Bearer vk_${"ä".repeat(40)}`,
  `Bearer ${"x".repeat(100_000)}`,
  "vk_without_a_scheme",
])("%.40j is refused without a round trip", async (authorization) => {
  expect(await ask(authorization)).toEqual({ actor: "unauthorized", trips: 0 });
});

describe("a key that is unknown", () => {
  const unknown = `Bearer vk_${"a".repeat(40)}`;

  test("is looked up once in 5 s", async () => {
    expect(await ask(unknown)).toEqual({ actor: "unauthorized", trips: 1 });
    platform.clock.advance(4_999);
    expect(await ask(unknown)).toEqual({ actor: "unauthorized", trips: 0 });
    platform.clock.advance(1);
    expect((await ask(unknown)).trips).toBe(1);
  });

  test("among a thousand others is remembered in bounded memory", async () => {
    const before = platform.isolate.cache.bytes;
    for (let i = 0; i < 1_000; i++) await ask(`Bearer vk_${String(i).padStart(40, "0")}`);
    expect(platform.isolate.cache.bytes - before).toBeLessThan(50_000);
    expect((await ask(bearer)).actor).toMatchObject({ kind: "api-key" });
  });
});

describe("a revoked key", () => {
  test("is refused at once where it was revoked", async () => {
    await ask(bearer);
    await revoke();
    expect((await ask(bearer)).actor).toBe("unauthorized");
  });

  test("is refused within 30 s by an isolate that knew it", async () => {
    const other = newIsolate();
    await ask(bearer, other);
    await revoke();
    platform.clock.advance(30_000);
    expect((await ask(bearer, other)).actor).toBe("unauthorized");
  });
});
