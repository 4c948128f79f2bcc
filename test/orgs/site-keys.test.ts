import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findSiteKey } from "../../src/db/queries/site-keys.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../src/services/orgs/api-keys.ts";
import { removeMember } from "../../src/services/orgs/members.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { createSiteKey, listSiteKeys, revokeSiteKey } from "../../src/services/orgs/site-keys.ts";
import { addMember, addPerson, asOperator, asPerson } from "./people.ts";

const SHOP = ["https://shop.example"];

let platform: MemoryPlatform;
let org: string;

beforeEach(async () => {
  platform = await createMemoryPlatform();
  org = (await createOrg(asOperator(platform), { name: "Acme", slug: "acme" })).id;
  for (const role of ["owner", "admin", "analyst", "member"] as const) {
    await addPerson(platform, role);
    await addMember(platform, org, role, role);
  }
});
afterEach(() => platform.close());

async function createBy(by: string, origins: string[] = SHOP, name = "Shop") {
  return createSiteKey(await asPerson(platform, by), { org: "acme", name, origins });
}

describe("a site key", () => {
  test("is found with its organisation's number and origins until it is revoked", async () => {
    const { id } = await createBy("admin");
    const { db } = openMemoryDeps(platform);
    expect(await findSiteKey(db, id)).toEqual({ id, orgId: org, orgNumber: 1, origins: SHOP });
    await revokeSiteKey(await asPerson(platform, "owner"), { org, id });
    expect(await findSiteKey(db, id)).toBeUndefined();
    expect(await findSiteKey(db, "site_none")).toBeUndefined();
  });

  test("is listed with the revoked ones, page by page", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      platform.clock.advance(1);
      ids.push((await createBy("owner")).id);
    }
    await revokeSiteKey(asOperator(platform), { org, id: ids[0] });
    const ctx = await asPerson(platform, "admin");
    const page = await listSiteKeys(ctx, "acme", { cursor: null, limit: 2 });
    expect(page.items.map(({ id, revokedAt }) => [id, revokedAt !== null])).toEqual([
      [ids[0], true],
      [ids[1], false],
    ]);
    expect(ctx.receipt.dbTrips).toBe(1);
    const rest = await listSiteKeys(ctx, "acme", { cursor: page.nextCursor, limit: 2 });
    expect(rest).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
  });

  test.each(["analyst", "member"])("is nothing to %s", async (by) => {
    const refused = { code: "forbidden" };
    const { id } = await createBy("owner");
    const ctx = await asPerson(platform, by);
    await expect(createBy(by)).rejects.toMatchObject(refused);
    await expect(listSiteKeys(ctx, org, { cursor: null, limit: 1 })).rejects.toMatchObject(refused);
    await expect(revokeSiteKey(ctx, { org, id })).rejects.toMatchObject(refused);
  });

  test("of another organisation is not found", async () => {
    const { id } = await createBy("owner");
    await addPerson(platform, "stranger");
    const stranger = await asPerson(platform, "stranger");
    await createOrg(stranger, { name: "Other", slug: "other" });
    const owner = await asPerson(platform, "stranger");
    const missing = { code: "not_found" };
    await expect(revokeSiteKey(owner, { org: "other", id })).rejects.toMatchObject(missing);
    await expect(revokeSiteKey(owner, { org, id })).rejects.toMatchObject(missing);
    await expect(createSiteKey(owner, { org, name: "x", origins: SHOP })).rejects.toMatchObject(missing);
  });

  test("is one of 50, and one that is revoked makes room", async () => {
    const { id } = await createBy("owner");
    for (let i = 1; i < 50; i++) await createBy("owner");
    await expect(createBy("owner")).rejects.toMatchObject({ code: "conflict" });
    await revokeSiteKey(await asPerson(platform, "owner"), { org, id });
    await createBy("owner");
  });

  test("is not made by who was removed a moment ago and is remembered as admin", async () => {
    const remembered = await asPerson(platform, "admin");
    await removeMember(await asPerson(platform, "owner"), { org, user: "admin" });
    const made = createSiteKey(remembered, { org, name: "x", origins: SHOP });
    await expect(made).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an origin", () => {
  test.each([
    [["HTTPS://Shop.Example:443/", "https://shop.example"], ["https://shop.example"]],
    [["https://shop.example:8443"], ["https://shop.example:8443"]],
    [
      ["http://localhost:3000", "http://127.0.0.1"],
      ["http://localhost:3000", "http://127.0.0.1"],
    ],
    [["https://bücher.example"], ["https://xn--bcher-kva.example"]],
  ])("%j is kept as %j", async (given, kept) => {
    expect((await createBy("owner", given)).origins).toEqual(kept);
  });

  test.each([
    ["shop.example"],
    ["http://shop.example"],
    ["http://localhost.example"],
    ["https://shop.example/path"],
    ["https://shop.example?x"],
    ["https://shop.example/#"],
    ["https://user@shop.example"],
    ["https://*.shop.example"],
    ["ftp://localhost"],
    ["null"],
    [""],
    [`https://${"a".repeat(400)}.example`],
  ])("%.60j is refused and named", async (bad) => {
    await expect(createBy("owner", [...SHOP, bad])).rejects.toMatchObject({
      code: "invalid_input",
      facts: { errors: [{ path: "origins.1" }] },
    });
  });

  test("is one of 1 to 20", async () => {
    const many = Array.from({ length: 21 }, (_, i) => `https://shop-${i}.example`);
    for (const origins of [[], many]) {
      await expect(createBy("owner", origins)).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect((await createBy("owner", many.slice(1))).origins).toHaveLength(20);
  });
});

describe("an API key", () => {
  const key = { org: "acme", name: "Importer", scopes: ["events:write"] } as const;

  test.each(["owner", "admin"])("is made, listed and revoked by %s", async (by) => {
    const ctx = await asPerson(platform, by);
    const { id } = await createApiKey(ctx, key);
    expect(ctx.receipt.dbTrips).toBe(1);
    await revokeApiKey(ctx, { org, id });
    const { items } = await listApiKeys(ctx, org, { cursor: null, limit: 10 });
    expect(items).toMatchObject([{ id, orgId: org, revokedAt: platform.clock.now() }]);
  });

  test.each(["analyst", "member"])("is nothing to %s", async (by) => {
    const ctx = await asPerson(platform, by);
    await expect(createApiKey(ctx, key)).rejects.toMatchObject({ code: "forbidden" });
    await expect(listApiKeys(ctx, org, { cursor: null, limit: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("is one of 50, and one that is revoked makes room", async () => {
    const ctx = await asPerson(platform, "owner");
    const { id } = await createApiKey(ctx, key);
    for (let i = 1; i < 50; i++) await createApiKey(ctx, key);
    await expect(createApiKey(ctx, key)).rejects.toMatchObject({ code: "conflict" });
    await revokeApiKey(ctx, { org, id });
    await createApiKey(ctx, key);
  });

  test("is not made by who was removed a moment ago and is remembered as admin", async () => {
    const remembered = await asPerson(platform, "admin");
    await removeMember(await asPerson(platform, "owner"), { org, user: "admin" });
    await expect(createApiKey(remembered, key)).rejects.toMatchObject({ code: "not_found" });
  });
});
