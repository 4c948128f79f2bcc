import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../../src/domain/actor.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { acceptInvitations, inviteMember } from "../../src/services/orgs/invitations.ts";
import { removeMember } from "../../src/services/orgs/members.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { addMember, addPerson, asOperator, asPerson, membershipsOf } from "./people.ts";
import type { PersonCtx } from "./people.ts";

const DAY_MS = 86_400_000;

let platform: MemoryPlatform;
let org: string;

beforeEach(async () => {
  platform = await createMemoryPlatform({ config: { emailConfirmation: true } });
  org = (await createOrg(asOperator(platform), { name: "Acme", slug: "acme" })).id;
  for (const role of ["owner", "admin", "analyst", "member"] as const) {
    await addPerson(platform, role);
    await addMember(platform, org, role, role);
  }
});
afterEach(() => platform.close());

function invite(email: string, role: Role = "member") {
  return { org: "acme", email, role, origin: "https://here.example" };
}

async function inviteBy(by: string, email: string, role: Role = "member") {
  const ctx = await asPerson(platform, by);
  const member = await inviteMember(ctx, invite(email, role));
  await ctx.lifetime.settle();
  return { member, ctx };
}

async function invitationsNow(): Promise<unknown[]> {
  const { rows } = await platform.client.execute("SELECT email, role FROM invitations ORDER BY email");
  return rows.map(({ email, role }) => ({ email, role }));
}

async function signUp(userId: string): Promise<number> {
  await addPerson(platform, userId);
  return acceptInvitations(openMemoryDeps(platform), { userId, email: `${userId}@EXAMPLE.com` });
}

async function fill(members: number): Promise<void> {
  await platform.client.batch(
    [
      `INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
        SELECT 'u' || value, 'U', 'u' || value || '@example.com', 1, 0, 0 FROM json_each('${JSON.stringify([...Array(members).keys()])}')`,
      `INSERT INTO members SELECT '${org}', id, 'member', 0 FROM users WHERE id LIKE 'u%'`,
    ],
    "write",
  );
}

describe("an address with a confirmed account", () => {
  test("is a member at once, by one round trip, and is told how to leave", async () => {
    await addPerson(platform, "ada");
    const { member, ctx } = await inviteBy("owner", " Ada@Example.com ", "analyst");
    expect(member).toMatchObject({ userId: "ada", name: "Name of ada", role: "analyst", status: "member" });
    expect(ctx.receipt.dbTrips).toBe(1);
    expect(await membershipsOf(platform, "ada")).toMatchObject([{ orgId: org, role: "analyst" }]);
    const [{ to, text }, ...others] = platform.mailer.sent;
    expect([to, others]).toEqual(["ada@example.com", []]);
    expect(text).toContain('member of "Acme", with the role "analyst"');
    expect(text).toContain(`https://here.example/orgs/${org}/members`);
  });

  test("of a member is a conflict, and their role stays", async () => {
    await expect(inviteBy("owner", "member@example.com", "admin")).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await membershipsOf(platform, "member")).toMatchObject([{ role: "member" }]);
    expect(await invitationsNow()).toEqual([]);
  });

  test("that belongs to 100 organisations is a conflict", async () => {
    await addPerson(platform, "ada");
    const ctx = await asPerson(platform, "ada");
    for (let i = 0; i < 100; i++) await createOrg(ctx, { name: "O", slug: `o-${i}` });
    await expect(inviteBy("owner", "ada@example.com")).rejects.toMatchObject({ code: "conflict" });
    await expect(createOrg(ctx, { name: "O", slug: "o-100" })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("an address whose account is not confirmed", () => {
  test("is invited, so that nobody takes a seat with another's address", async () => {
    await addPerson(platform, "ada", false);
    expect((await inviteBy("owner", "ada@example.com")).member.status).toBe("invited");
    expect(await membershipsOf(platform, "ada")).toEqual([]);
  });

  test("is a member at once where the deployment asks for no confirmation", async () => {
    await addPerson(platform, "ada", false);
    const ctx = await asPerson(platform, "owner");
    const config = { ...ctx.config, emailConfirmation: false };
    const member = await inviteMember({ ...ctx, config }, invite("ada@example.com"));
    expect(member.status).toBe("member");
  });
});

describe("an address without an account", () => {
  test("is sent a mail with a link to this deployment, and becomes a member by its account", async () => {
    const { member } = await inviteBy("owner", "Ada@example.com", "admin");
    expect(member).toMatchObject({ userId: null, email: "ada@example.com", status: "invited" });
    expect(platform.mailer.sent).toMatchObject([{ to: "ada@example.com" }]);
    expect(platform.mailer.sent[0].text).toContain("https://here.example/sign-up?email=ada%40example.com");
    expect(await signUp("ada")).toBe(1);
    expect(await membershipsOf(platform, "ada")).toMatchObject([{ orgId: org, role: "admin" }]);
    expect(await invitationsNow()).toEqual([]);
    expect(
      await acceptInvitations(openMemoryDeps(platform), { userId: "ada", email: "ada@example.com" }),
    ).toBe(0);
  });

  test("links to the public origin where one is set", async () => {
    const ctx = await asPerson(platform, "owner");
    const config = { ...ctx.config, publicOrigin: "https://shop.example" };
    await inviteMember({ ...ctx, config }, invite("ada@example.com"));
    await ctx.lifetime.settle();
    expect(platform.mailer.sent[0].text).toContain("https://shop.example/sign-up");
  });

  test("stays invited where the mail is not taken", async () => {
    const ctx: PersonCtx = await asPerson(platform, "owner");
    const mailer = { send: () => Promise.reject(new Error("no mail today")) };
    const member = await inviteMember({ ...ctx, mailer }, invite("ada@example.com"));
    await ctx.lifetime.settle();
    expect(member.status).toBe("invited");
    expect(await signUp("ada")).toBe(1);
  });

  test("has 14 days", async () => {
    await inviteBy("owner", "ada@example.com");
    platform.clock.advance(14 * DAY_MS);
    expect(await signUp("ada")).toBe(0);
    expect(await membershipsOf(platform, "ada")).toEqual([]);
  });

  test("invited again has the newer role, other days and another mail", async () => {
    await inviteBy("owner", "ada@example.com", "admin");
    platform.clock.advance(13 * DAY_MS);
    await inviteBy("admin", "ada@example.com", "analyst");
    expect(await invitationsNow()).toEqual([{ email: "ada@example.com", role: "analyst" }]);
    expect(platform.mailer.sent).toHaveLength(2);
    platform.clock.advance(13 * DAY_MS);
    expect(await signUp("ada")).toBe(1);
  });

  test("takes the seats of all that invited it, but of no more than 100 organisations", async () => {
    const operator = asOperator(platform);
    for (let i = 0; i < 101; i++) {
      const { id } = await createOrg(operator, { name: "O", slug: `o-${i}` });
      await inviteMember(operator, { ...invite("ada@example.com"), org: id });
    }
    expect(await signUp("ada")).toBe(100);
    const { rows } = await platform.client.execute("SELECT count(*) AS n FROM invitations");
    expect(rows[0].n).toBe(1);
  });
});

describe("an invitation", () => {
  test("is withdrawn by its address", async () => {
    await inviteBy("owner", "ada@example.com");
    await removeMember(await asPerson(platform, "admin"), { org, user: "Ada@example.com" });
    expect(await invitationsNow()).toEqual([]);
    const again = removeMember(await asPerson(platform, "admin"), { org, user: "ada@example.com" });
    await expect(again).rejects.toMatchObject({ code: "not_found" });
  });

  test("of an owner is given, changed and withdrawn by owners alone", async () => {
    const refused = { code: "forbidden" };
    await expect(inviteBy("admin", "ada@example.com", "owner")).rejects.toMatchObject(refused);
    await inviteBy("owner", "ada@example.com", "owner");
    await expect(inviteBy("admin", "ada@example.com", "member")).rejects.toMatchObject(refused);
    const removal = removeMember(await asPerson(platform, "admin"), { org, user: "ada@example.com" });
    await expect(removal).rejects.toMatchObject(refused);
    expect(await invitationsNow()).toEqual([{ email: "ada@example.com", role: "owner" }]);
    await removeMember(await asPerson(platform, "owner"), { org, user: "ada@example.com" });
    expect(await invitationsNow()).toEqual([]);
  });

  test.each(["analyst", "member"])("is not given by %s", async (by) => {
    await expect(inviteBy(by, "ada@example.com")).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is not given by who was removed a moment ago and is remembered as admin", async () => {
    const remembered = await asPerson(platform, "admin");
    await removeMember(await asPerson(platform, "owner"), { org, user: "admin" });
    const given = inviteMember(remembered, invite("ada@example.com", "admin"));
    await expect(given).rejects.toMatchObject({ code: "not_found" });
    expect(await invitationsNow()).toEqual([]);
  });

  test("takes a seat: the thousandth is the last, and one that expired frees it", async () => {
    await fill(995);
    await inviteBy("owner", "last@example.com");
    await expect(inviteBy("owner", "more@example.com")).rejects.toMatchObject({ code: "conflict" });
    await inviteBy("owner", "last@example.com", "analyst");
    platform.clock.advance(14 * DAY_MS);
    await inviteBy("owner", "more@example.com");
    expect(await invitationsNow()).toEqual([{ email: "more@example.com", role: "member" }]);
  });

  test.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "a b@example.com",
    "ada@localhost",
    "<ada@example.com>",
    "a@b.c",
  ])("to %j is invalid input", async (email) => {
    const refused = { code: "invalid_input", facts: { errors: [{ path: "email" }] } };
    await expect(inviteBy("owner", email)).rejects.toMatchObject(refused);
  });
});
