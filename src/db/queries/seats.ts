import { and, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Role } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { users } from "../schema/accounts.ts";
import { invitations, members, organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { orgIdQuery } from "./orgs.ts";
import { isOrg, standingColumns, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

/** Of one address in one organisation. */
export interface SeatGiven {
  /** Id or slug. */
  org: string;
  /** In small letters. */
  email: string;
  role: Role;
  now: number;
  expiresAt: number;
  asker: Asker;
  /** Whether an account may be seated whose address nobody has confirmed. */
  unconfirmed: boolean;
  maxMembers: number;
  maxOrgs: number;
}

export interface NewSeat extends SeatGiven {
  /** Of a member; and of an invitation, whose line names nobody. */
  audit: { added: AuditLine; invited: AuditLine };
}

/** How things stood before, to say why nothing was written. */
export interface SeatStanding extends Standing {
  /** Whether somebody of this address is a member already. */
  isMember: boolean;
  /** Members and open invitations, without one of this address. */
  seats: number;
  /** Of the account of this address; 0 where there is none. */
  orgsOfAccount: number;
  /** The role of an open invitation of this address. */
  invitedAs: Role | null;
}

export interface Seated {
  before: SeatStanding | undefined;
  /** Where there was an account to become a member. */
  member: { userId: string; name: string; email: string } | null;
  isInvited: boolean;
}

const ORG_ID = sql`organisations.id`;

function isMember({ email }: SeatGiven): SQL {
  return sql`EXISTS (SELECT 1 FROM users JOIN members ON members.user_id = users.id
    WHERE users.email = ${email} AND members.org_id = ${ORG_ID})`;
}

function seats({ email, now }: SeatGiven): SQL {
  return sql`((SELECT count(*) FROM members WHERE members.org_id = ${ORG_ID})
    + (SELECT count(*) FROM invitations WHERE invitations.org_id = ${ORG_ID} AND invitations.email <> ${email}
      AND invitations.expires_at > ${now}))`;
}

/** The account of the address, where it may become a member by being named. */
function account({ email, unconfirmed }: SeatGiven): SQL {
  return sql`users.email = ${email} AND (users.email_verified = 1 OR ${unconfirmed ? 1 : 0} = 1)`;
}

function orgsOf(userId: SQL): SQL {
  return sql`(SELECT count(*) FROM members AS theirs WHERE theirs.user_id = ${userId})`;
}

function invitedAs({ email, now }: SeatGiven): SQL {
  return sql`(SELECT invitations.role FROM invitations WHERE invitations.org_id = ${ORG_ID}
    AND invitations.email = ${email} AND invitations.expires_at > ${now})`;
}

/** What holds of either seat: the asker may give it, nobody has it, and there is room. */
function mayBeGiven(seat: SeatGiven): SQL {
  const touchesOwner = sql`${seat.role} = 'owner' OR coalesce(${invitedAs(seat)}, '') = 'owner'`;
  return sql`${stillAllowed(seat.asker, ORG_ID, touchesOwner)} AND NOT ${isMember(seat)}
    AND ${seats(seat)} < ${seat.maxMembers}`;
}

export function seatStandingQuery(db: Database, seat: SeatGiven) {
  const theAccount = sql`(SELECT users.id FROM users WHERE users.email = ${seat.email})`;
  return db.orm
    .select({
      ...standingColumns(seat.asker),
      isMember: sql<number>`${isMember(seat)}`.mapWith(Boolean),
      seats: sql<number>`${seats(seat)}`,
      orgsOfAccount: sql<number>`${orgsOf(theAccount)}`,
      invitedAs: sql<Role | null>`${invitedAs(seat)}`,
    })
    .from(organisations)
    .where(isOrg(seat.org))
    .limit(1);
}

export function seatMemberStatement(db: Database, seat: SeatGiven) {
  return db.orm
    .insert(members)
    .select(
      sql`SELECT organisations.id, users.id, ${seat.role}, ${seat.now} FROM organisations JOIN users ON ${account(seat)}
        WHERE ${isOrg(seat.org)} AND ${mayBeGiven(seat)} AND ${orgsOf(sql`users.id`)} < ${seat.maxOrgs}`,
    )
    .returning({ userId: members.userId });
}

export function inviteStatement(db: Database, seat: SeatGiven) {
  return db.orm
    .insert(invitations)
    .select(
      sql`SELECT organisations.id, ${seat.email}, ${seat.role}, ${seat.now}, ${seat.expiresAt} FROM organisations
        WHERE ${isOrg(seat.org)} AND ${mayBeGiven(seat)} AND NOT EXISTS (SELECT 1 FROM users WHERE ${account(seat)})`,
    )
    .onConflictDoUpdate({
      target: [invitations.orgId, invitations.email],
      set: { role: seat.role, createdAt: seat.now, expiresAt: seat.expiresAt },
    })
    .returning({ email: invitations.email });
}

function accountQuery(db: Database, seat: SeatGiven) {
  return db.orm
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(users)
    .where(eq(users.email, seat.email));
}

/** The account's id is known to the database alone until then. */
function auditAdded(db: Database, { org, email, audit }: NewSeat) {
  const target = sql`(SELECT users.id FROM users WHERE users.email = ${email})`;
  return auditStatement(db, org, { ...audit.added, target });
}

/** Makes the account of an address a member, or keeps a seat for whoever confirms it. One round trip. */
export async function seat(db: Database, given: NewSeat): Promise<Seated> {
  const isSettled = sql`${invitations.expiresAt} <= ${given.now} OR (${invitations.email} = ${given.email}
    AND EXISTS (SELECT 1 FROM users JOIN members AS m ON m.user_id = users.id
      WHERE users.email = ${given.email} AND m.org_id = invitations.org_id))`;
  const [[before], seated, , invited, , [found]] = await db.orm.batch([
    seatStandingQuery(db, given),
    seatMemberStatement(db, given),
    auditAdded(db, given),
    inviteStatement(db, given),
    auditStatement(db, given.org, given.audit.invited),
    accountQuery(db, given),
    db.orm.delete(invitations).where(and(eq(invitations.orgId, orgIdQuery(db, given.org)), isSettled)),
  ]);
  const isSeated = seated.length > 0 && found !== undefined;
  return { before, member: isSeated ? found : null, isInvited: invited.length > 0 };
}
