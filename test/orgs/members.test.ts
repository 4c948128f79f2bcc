import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROLES } from "../../src/domain/actor.ts";
import type { Role } from "../../src/domain/actor.ts";
import { createMemoryPlatform } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { inviteMember } from "../../src/services/orgs/invitations.ts";
import { changeRole, listMembers, removeMember } from "../../src/services/orgs/members.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { addMember, addPerson, asOperator, asPerson, membershipsOf } from "./people.ts";

let platform: MemoryPlatform;
let org: string;

beforeEach(async () => {
  platform = await createMemoryPlatform();
  org = (await createOrg(asOperator(platform), { name: "Acme", slug: "acme" })).id;
  for (const role of ROLES) {
    await addPerson(platform, role);
    await addMember(platform, org, role, role);
  }
  await addPerson(platform, "stranger");
});
afterEach(() => platform.close());

async function rolesNow(): Promise<Record<string, unknown>> {
  const { rows } = await platform.client.execute("SELECT user_id, role FROM members ORDER BY user_id");
  return Object.fromEntries(rows.map((row) => [row.user_id, row.role]));
}

async function second(role: Role): Promise<string> {
  await addPerson(platform, `second-${role}`);
  await addMember(platform, org, `second-${role}`, role);
  return `second-${role}`;
}

const UNCHANGED = { owner: "owner", admin: "admin", analyst: "analyst", member: "member" };

describe("the list", () => {
  test("shows members, then invitations, page by page, each once, by one round trip a page", async () => {
    await inviteMember({ ...(await asPerson(platform, "owner")) }, invite("zoe@example.org", "member"));
    await inviteMember({ ...(await asPerson(platform, "owner")) }, invite("ann@example.org", "analyst"));
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const ctx = await asPerson(platform, "member");
      const page = await listMembers(ctx, "acme", { cursor, limit: 2 });
      expect(ctx.receipt.dbTrips).toBe(1);
      expect(page.items).toHaveLength(2);
      seen.push(...page.items.map(({ userId, email }) => userId ?? email));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["admin", "analyst", "member", "owner", "ann@example.org", "zoe@example.org"]);
  });

  test("is of one organisation, and its cursor good for no other", async () => {
    const other = await createOrg(await asPerson(platform, "stranger"), { name: "Other", slug: "other" });
    await expect(listMembers(await asPerson(platform, "owner"), other.id, first())).rejects.toMatchObject({
      code: "not_found",
    });
    const { nextCursor } = await listMembers(await asPerson(platform, "owner"), org, first(1));
    await expect(
      listMembers(await asPerson(platform, "stranger"), "other", { cursor: nextCursor, limit: 1 }),
    ).rejects.toMatchObject({ code: "bad_cursor" });
  });

  test("of no organisation is not found, for the operator too", async () => {
    await expect(listMembers(asOperator(platform), "none", first())).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("leaves out invitations that have expired", async () => {
    await inviteMember(await asPerson(platform, "owner"), invite("ann@example.org", "member"));
    platform.clock.advance(14 * 86_400_000);
    const { items } = await listMembers(await asPerson(platform, "owner"), org, first());
    expect(items.map(({ status }) => status)).toEqual(["member", "member", "member", "member"]);
  });
});

function first(limit = 20) {
  return { cursor: null, limit };
}

function invite(email: string, role: Role) {
  return { org, email, role, origin: "https://shop.example" };
}

describe("a role", () => {
  test.each(["owner", "admin"] as const)("is changed by %s", async (by) => {
    const ctx = await asPerson(platform, by);
    const changed = await changeRole(ctx, { org: "acme", user: "member", role: "analyst" });
    expect(changed).toMatchObject({ userId: "member", email: "member@example.com", role: "analyst" });
    expect(ctx.receipt.dbTrips).toBe(1);
    expect(await rolesNow()).toEqual({ ...UNCHANGED, member: "analyst" });
  });

  test.each(["analyst", "member", "stranger"])("is not changed by %s", async (by) => {
    const change = changeRole(await asPerson(platform, by), { org, user: "member", role: "admin" });
    await expect(change).rejects.toMatchObject({ code: by === "stranger" ? "not_found" : "forbidden" });
    expect(await rolesNow()).toEqual(UNCHANGED);
  });

  test.each([
    ["make an owner", "member", "owner"],
    ["make themselves an owner", "admin", "owner"],
    ["unmake an owner", "owner", "member"],
  ] as const)("of owner is for owners: an admin cannot %s", async (_, user, role) => {
    const change = changeRole(await asPerson(platform, "admin"), { org, user, role });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
    expect(await rolesNow()).toEqual(UNCHANGED);
  });

  test("of somebody who is no member is not found", async () => {
    const change = changeRole(await asPerson(platform, "owner"), { org, user: "stranger", role: "member" });
    await expect(change).rejects.toMatchObject({ code: "not_found" });
  });

  test("is not changed by who was demoted a moment ago and is remembered as owner", async () => {
    const remembered = await asPerson(platform, await second("owner"));
    await changeRole(await asPerson(platform, "owner"), { org, user: "second-owner", role: "member" });
    const change = changeRole(remembered, { org, user: "second-owner", role: "owner" });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the last owner", () => {
  const demote = { user: "owner", role: "admin" } as const;

  test("cannot be demoted or leave, and the operator cannot do it either", async () => {
    for (const ctx of [await asPerson(platform, "owner"), asOperator(platform)]) {
      await expect(changeRole(ctx, { org, ...demote })).rejects.toMatchObject({ code: "conflict" });
      await expect(removeMember(ctx, { org, user: "owner" })).rejects.toMatchObject({ code: "conflict" });
    }
    expect(await rolesNow()).toEqual(UNCHANGED);
  });

  test("may stay an owner", async () => {
    const same = await changeRole(await asPerson(platform, "owner"), { org, user: "owner", role: "owner" });
    expect(same.role).toBe("owner");
  });

  test("stays where two demote each other at once", async () => {
    await second("owner");
    const [a, b] = [await asPerson(platform, "owner"), await asPerson(platform, "second-owner")];
    const both = await Promise.allSettled([
      changeRole(a, { org, user: "second-owner", role: "member" }),
      changeRole(b, { org, user: "owner", role: "member" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(Object.values(await rolesNow()).filter((role) => role === "owner")).toHaveLength(1);
  });

  test("stays where two leave at once", async () => {
    await second("owner");
    const [a, b] = [await asPerson(platform, "owner"), await asPerson(platform, "second-owner")];
    await Promise.allSettled([
      removeMember(a, { org, user: "owner" }),
      removeMember(b, { org, user: "second-owner" }),
    ]);
    expect(Object.values(await rolesNow()).filter((role) => role === "owner")).toHaveLength(1);
  });
});

describe("a member", () => {
  test.each(["admin", "analyst", "member"])("may leave as %s", async (user) => {
    await removeMember(await asPerson(platform, user), { org, user });
    expect(await membershipsOf(platform, user)).toEqual([]);
  });

  test.each([
    ["admin", "member", null],
    ["admin", "owner", "forbidden"],
    ["analyst", "member", "forbidden"],
    ["member", "analyst", "forbidden"],
    ["stranger", "member", "not_found"],
    ["owner", "stranger", "not_found"],
  ])("%s removes %s: %s", async (by, user, code) => {
    const removal = removeMember(await asPerson(platform, by), { org, user });
    if (code === null) await removal;
    else await expect(removal).rejects.toMatchObject({ code });
    expect(user in (await rolesNow())).toBe(code !== null && user !== "stranger");
  });

  test("is not removed from another organisation", async () => {
    const other = await createOrg(await asPerson(platform, "stranger"), { name: "Other", slug: "other" });
    const removal = removeMember(await asPerson(platform, "stranger"), { org: other.id, user: "member" });
    await expect(removal).rejects.toMatchObject({ code: "not_found" });
    expect(await rolesNow()).toEqual({ ...UNCHANGED, stranger: "owner" });
  });
});
