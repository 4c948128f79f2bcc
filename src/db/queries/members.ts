import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Role } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { users } from "../schema/accounts.ts";
import { invitations, members, organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { findOrgQuery, orgIdQuery } from "./orgs.ts";
import type { OrgRow } from "./orgs.ts";
import { isOrg, standingColumns, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

export interface MemberRow {
  userId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: number;
}

const MEMBER = {
  userId: members.userId,
  name: users.name,
  email: users.email,
  role: members.role,
  createdAt: members.createdAt,
};

/** Members in the order of their ids, then invitations in the order of their addresses. */
export interface MemberPage {
  /** Id or slug. */
  org: string;
  /** The last member of the page before; `null` where the members are through. */
  afterMember: string | null;
  afterEmail: string;
  limit: number;
  now: number;
}

export interface FoundMembers {
  org: OrgRow | undefined;
  members: MemberRow[];
  invitations: { email: string; role: Role; createdAt: number }[];
}

/** At most `limit` members and as many invitations that have not expired. One round trip. */
export async function listMembers(db: Database, page: MemberPage): Promise<FoundMembers> {
  const org = findOrgQuery(db, page.org);
  const invited = listInvitationsQuery(db, page);
  if (page.afterMember === null) {
    const [[found], rows] = await db.orm.batch([org, invited]);
    return { org: found, members: [], invitations: rows };
  }
  const listed = listMembersQuery(db, { ...page, afterMember: page.afterMember });
  const [[found], rows, more] = await db.orm.batch([org, listed, invited]);
  return { org: found, members: rows, invitations: more };
}

export function listMembersQuery(db: Database, page: MemberPage & { afterMember: string }) {
  return db.orm
    .select(MEMBER)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.orgId, orgIdQuery(db, page.org)), gt(members.userId, page.afterMember)))
    .orderBy(asc(members.userId))
    .limit(page.limit);
}

export function listInvitationsQuery(db: Database, page: MemberPage) {
  const isOpen = gt(invitations.expiresAt, page.now);
  return db.orm
    .select({ email: invitations.email, role: invitations.role, createdAt: invitations.createdAt })
    .from(invitations)
    .where(
      and(eq(invitations.orgId, orgIdQuery(db, page.org)), gt(invitations.email, page.afterEmail), isOpen),
    )
    .orderBy(asc(invitations.email))
    .limit(page.limit);
}

/** How things stood before a write, to say why there was none. */
export interface MemberStanding extends Standing {
  /** Of the member who is written; `null` where there is none. */
  role: Role | null;
}

export interface MemberWrite {
  /** Id or slug. */
  org: string;
  userId: string;
  asker: Asker;
}

function memberStandingQuery(db: Database, { org, userId, asker }: MemberWrite) {
  const role = sql<Role | null>`(SELECT target.role FROM members AS target WHERE target.org_id = organisations.id AND target.user_id = ${userId})`;
  return db.orm
    .select({ ...standingColumns(asker), role })
    .from(organisations)
    .where(isOrg(org))
    .limit(1);
}

const IS_OWNER = sql`members.role = 'owner'`;
const OTHER_OWNER = sql`EXISTS (SELECT 1 FROM members AS other
  WHERE other.org_id = members.org_id AND other.role = 'owner' AND other.user_id <> members.user_id)`;

function written(db: Database, { org, userId }: MemberWrite, allowed: SQL, keepsOwner: SQL) {
  const ofOrg = eq(members.orgId, orgIdQuery(db, org));
  return and(ofOrg, eq(members.userId, userId), allowed, sql`(${keepsOwner} OR ${OTHER_OWNER})`);
}

/** Owners are made and unmade by owners, and the last one stays. One statement decides, so two at once cannot both go. */
export async function updateRole(
  db: Database,
  write: MemberWrite & { role: Role; audit: AuditLine },
): Promise<{ before: MemberStanding | undefined; changed: MemberRow | null }> {
  const [[before], changed, , [after]] = await db.orm.batch([
    memberStandingQuery(db, write),
    updateRoleStatement(db, write),
    auditStatement(db, write.org, write.audit),
    findMemberQuery(db, write),
  ]);
  return { before, changed: changed.length > 0 && after !== undefined ? after : null };
}

function findMemberQuery(db: Database, { org, userId }: MemberWrite) {
  return db.orm
    .select(MEMBER)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.orgId, orgIdQuery(db, org)), eq(members.userId, userId)));
}

export function updateRoleStatement(db: Database, write: MemberWrite & { role: Role }) {
  const becomesOwner = write.role === "owner" ? sql`true` : sql`false`;
  const allowed = stillAllowed(write.asker, sql`members.org_id`, sql`${IS_OWNER} OR ${becomesOwner}`);
  return db.orm
    .update(members)
    .set({ role: write.role })
    .where(written(db, write, allowed, sql`NOT ${IS_OWNER} OR ${becomesOwner}`))
    .returning({ userId: members.userId });
}

/** As `updateRole`; who leaves needs no permission. */
export async function deleteMember(
  db: Database,
  write: MemberWrite & { audit: AuditLine },
): Promise<{ before: MemberStanding | undefined; deleted: boolean }> {
  const [[before], deleted] = await db.orm.batch([
    memberStandingQuery(db, write),
    deleteMemberStatement(db, write),
    auditStatement(db, write.org, write.audit),
  ]);
  return { before, deleted: deleted.length > 0 };
}

export function deleteMemberStatement(db: Database, write: MemberWrite) {
  const leaves = write.asker?.userId === write.userId;
  const allowed = leaves ? sql`true` : stillAllowed(write.asker, sql`members.org_id`, IS_OWNER);
  return db.orm
    .delete(members)
    .where(written(db, write, allowed, sql`NOT ${IS_OWNER}`))
    .returning({ userId: members.userId });
}
