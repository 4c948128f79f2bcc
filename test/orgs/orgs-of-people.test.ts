import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMemoryPlatform } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { createOrg, getOrg, listOrgs, updateOrg } from "../../src/services/orgs/orgs.ts";
import { addMember, addPerson, asOperator, asPerson } from "./people.ts";

let platform: MemoryPlatform;

beforeEach(async () => {
  platform = await createMemoryPlatform();
  await addPerson(platform, "ada");
  await addPerson(platform, "bob");
});
afterEach(() => platform.close());

async function found(by: string, slug: string) {
  platform.clock.advance(1);
  return createOrg(await asPerson(platform, by), { name: `Org ${slug}`, slug });
}

const ALL = { cursor: null, limit: 100 };

describe("an organisation that a person makes", () => {
  test("is theirs, by one round trip", async () => {
    const ctx = await asPerson(platform, "ada");
    const org = await createOrg(ctx, { name: "Acme", slug: "acme" });
    expect(ctx.receipt.dbTrips).toBe(1);
    expect(org.role).toBe("owner");
    expect(await getOrg(await asPerson(platform, "ada"), "acme")).toEqual(org);
    await expect(getOrg(await asPerson(platform, "bob"), "acme")).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of a taken slug is a conflict and makes nobody an owner of another's", async () => {
    await found("ada", "acme");
    await expect(found("bob", "acme")).rejects.toMatchObject({ code: "conflict" });
    expect(await listOrgs(await asPerson(platform, "bob"), ALL)).toEqual({ items: [], nextCursor: null });
  });

  test("is not made for an account that is gone", async () => {
    const ctx = await asPerson(platform, "ada");
    await platform.client.execute("DELETE FROM users WHERE id = 'ada'");
    await expect(createOrg(ctx, { name: "A", slug: "a" })).rejects.toMatchObject({ code: "unauthorized" });
    expect((await listOrgs(asOperator(platform), ALL)).items).toEqual([]);
  });
});

describe("the list of organisations", () => {
  test("is a person's own, with their role, page by page", async () => {
    const [one, , two] = [await found("ada", "one"), await found("bob", "two"), await found("bob", "three")];
    await addMember(platform, two.id, "ada", "analyst");
    const ctx = await asPerson(platform, "ada");
    const first = await listOrgs(ctx, { cursor: null, limit: 1 });
    expect(first.items).toEqual([{ ...one, role: "owner" }]);
    expect(ctx.receipt.dbTrips).toBe(1);
    const rest = await listOrgs(ctx, { cursor: first.nextCursor, limit: 1 });
    expect(rest).toEqual({ items: [{ ...two, role: "analyst" }], nextCursor: null });
    const foreign = listOrgs(await asPerson(platform, "bob"), { cursor: first.nextCursor, limit: 1 });
    await expect(foreign).rejects.toMatchObject({ code: "bad_cursor" });
  });
});

describe("renaming", () => {
  test("changes what is given, and the old slug is free", async () => {
    const { id } = await found("ada", "acme");
    const ctx = await asPerson(platform, "ada");
    const renamed = await updateOrg(ctx, { org: "acme", slug: "lamps" });
    expect(ctx.receipt.dbTrips).toBe(1);
    expect(renamed).toMatchObject({ id, slug: "lamps", name: "Org acme", role: "owner" });
    expect(await updateOrg(await asPerson(platform, "ada"), { org: id, name: " Lamps " })).toMatchObject({
      slug: "lamps",
      name: "Lamps",
    });
    expect((await found("bob", "acme")).id).not.toBe(id);
  });

  test.each([
    [{}, "invalid_input"],
    [{ slug: "Not A Slug" }, "invalid_input"],
    [{ name: " " }, "invalid_input"],
    [{ slug: "taken" }, "conflict"],
  ])("to %j is %s and changes nothing", async (change, code) => {
    const org = await found("ada", "acme");
    await found("bob", "taken");
    const ctx = await asPerson(platform, "ada");
    await expect(updateOrg(ctx, { org: org.id, ...change })).rejects.toMatchObject({ code });
    expect(await getOrg(ctx, org.id)).toEqual(org);
  });

  test.each([
    ["owner", null],
    ["admin", null],
    ["analyst", "forbidden"],
    ["member", "forbidden"],
  ] as const)("by %s: %s", async (role, code) => {
    const { id } = await found("ada", "acme");
    await addMember(platform, id, "bob", role);
    const renaming = updateOrg(await asPerson(platform, "bob"), { org: id, name: "New" });
    if (code === null) expect((await renaming).name).toBe("New");
    else await expect(renaming).rejects.toMatchObject({ code });
  });

  test("its own slug to the same is no conflict, and the operator may", async () => {
    const { id } = await found("ada", "acme");
    const same = await updateOrg(asOperator(platform), { org: "acme", slug: "acme" });
    expect(same).toMatchObject({ id, slug: "acme" });
    const none = updateOrg(asOperator(platform), { org: "none", name: "x" });
    await expect(none).rejects.toMatchObject({ code: "not_found" });
  });
});
