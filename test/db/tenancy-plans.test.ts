import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptStatement, deleteSettledStatement } from "../../src/db/queries/invitations.ts";
import {
  deleteMemberStatement,
  listInvitationsQuery,
  listMembersQuery,
  updateRoleStatement,
} from "../../src/db/queries/members.ts";
import { listOrgsOfUserQuery, updateOrgStatement } from "../../src/db/queries/orgs.ts";
import { inviteStatement, seatMemberStatement, seatStandingQuery } from "../../src/db/queries/seats.ts";
import { findSiteKeyQuery, listSiteKeysQuery } from "../../src/db/queries/site-keys.ts";
import type { Database } from "../../src/db/client.ts";
import { openTestDatabase } from "./open-test-database.ts";
import type { TestDatabase } from "./open-test-database.ts";
import { planOf, type Built } from "./plan-of.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const asker = { userId: "u", roles: ["owner", "admin"] } as const;
const write = { org: "o", userId: "v", asker };
const page = { org: "o", afterMember: "", afterEmail: "", limit: 20, now: 1 };
const acceptance = { userId: "u", email: "a@b.example", now: 1, maxOrgs: 100 };
const seat = {
  ...acceptance,
  org: "o",
  role: "member",
  expiresAt: 2,
  asker,
  unconfirmed: false,
  maxMembers: 1_000,
} as const;

const queries: Record<string, (db: Database) => Built> = {
  "list a person's organisations": (db) => listOrgsOfUserQuery(db, "u", { after: "o", limit: 20 }),
  "rename an organisation": (db) => updateOrgStatement(db, { org: "o", name: "n", slug: "s", asker }),
  "list members": (db) => listMembersQuery(db, page),
  "list invitations": (db) => listInvitationsQuery(db, page),
  "change a role": (db) => updateRoleStatement(db, { ...write, role: "admin" }),
  "remove a member": (db) => deleteMemberStatement(db, write),
  "accept invitations": (db) => acceptStatement(db, acceptance),
  "forget accepted invitations": (db) => deleteSettledStatement(db, acceptance),
  "see who has a seat": (db) => seatStandingQuery(db, seat),
  "seat a member": (db) => seatMemberStatement(db, seat),
  "invite an address": (db) => inviteStatement(db, seat),
  "list site keys": (db) => listSiteKeysQuery(db, { org: "o", after: "k", limit: 20 }),
  "find a site key": (db) => findSiteKeyQuery(db, "k"),
};

test.each(Object.entries(queries))("to %s scans no table and sorts nothing", async (_, build) => {
  const plan = await planOf(opened.client, build(opened.db));
  // json_each scans the asker's roles, which are at most four.
  expect(plan.filter((step) => /SCAN (?!json_each\b|CONSTANT ROW)|TEMP B-TREE/.test(step))).toEqual([]);
  expect(plan.length).toBeGreaterThan(0);
});
