import { and, eq, lte, or, sql } from "drizzle-orm";
import type { Role } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { invitations, members, organisations } from "../schema/orgs.ts";
import { auditEachStatement, auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { orgIdQuery } from "./orgs.ts";
import { isOrg, standingColumns, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

export interface Acceptance {
  userId: string;
  /** In small letters. */
  email: string;
  now: number;
  /** How many organisations a person may belong to; invitations beyond stay until there is room. */
  maxOrgs: number;
  audit: AuditLine;
}

/** Turns the invitations of an address that have not expired into memberships; how many became one. One round trip. */
export async function acceptInvitations(db: Database, acceptance: Acceptance): Promise<number> {
  const [joined] = await db.orm.batch([
    acceptStatement(db, acceptance),
    auditJoined(db, acceptance),
    deleteSettledStatement(db, acceptance),
  ]);
  return joined.length;
}

/** Behind `acceptStatement`, while the invitations are still there: those that are seats of this very moment. */
function auditJoined(db: Database, { audit, userId, email, now }: Acceptance) {
  const from = sql`FROM invitations JOIN members ON members.org_id = invitations.org_id
    WHERE invitations.email = ${email} AND members.user_id = ${userId} AND members.created_at = ${now} AND changes() > 0`;
  return auditEachStatement(db, audit, { orgId: sql`invitations.org_id`, from });
}

export function acceptStatement(db: Database, { userId, email, now, maxOrgs }: Omit<Acceptance, "audit">) {
  const room = sql`max(0, ${maxOrgs} - (SELECT count(*) FROM members WHERE user_id = ${userId}))`;
  return db.orm
    .insert(members)
    .select(
      sql`SELECT org_id, ${userId}, role, ${now} FROM invitations WHERE email = ${email} AND expires_at > ${now}
        AND NOT EXISTS (SELECT 1 FROM members AS m WHERE m.org_id = invitations.org_id AND m.user_id = ${userId})
        LIMIT ${room}`,
    )
    .onConflictDoNothing()
    .returning({ orgId: members.orgId });
}

export function deleteSettledStatement(
  db: Database,
  { userId, email, now }: Pick<Acceptance, "userId" | "email" | "now">,
) {
  const isMember = sql`EXISTS (SELECT 1 FROM members AS m WHERE m.org_id = ${invitations.orgId} AND m.user_id = ${userId})`;
  return db.orm
    .delete(invitations)
    .where(and(eq(invitations.email, email), or(lte(invitations.expiresAt, now), isMember)));
}

/** Withdraws an invitation; an owner's by owners alone. */
export async function deleteInvitation(
  db: Database,
  { org, email, asker, audit }: { org: string; email: string; asker: Asker; audit: AuditLine },
): Promise<{ before: (Standing & { invitedAs: Role | null }) | undefined; deleted: boolean }> {
  const invited = sql<Role | null>`(SELECT invitations.role FROM invitations WHERE invitations.org_id = organisations.id
    AND invitations.email = ${email})`;
  const allowed = stillAllowed(asker, sql`invitations.org_id`, sql`invitations.role = 'owner'`);
  const [[before], deleted] = await db.orm.batch([
    db.orm
      .select({ ...standingColumns(asker), invitedAs: invited })
      .from(organisations)
      .where(isOrg(org))
      .limit(1),
    db.orm
      .delete(invitations)
      .where(and(eq(invitations.orgId, orgIdQuery(db, org)), eq(invitations.email, email), allowed))
      .returning({ email: invitations.email }),
    auditStatement(db, org, audit),
  ]);
  return { before, deleted: deleted.length > 0 };
}
