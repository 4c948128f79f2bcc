import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Role } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { members, organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { isOrg, standingQuery, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

export interface OrgRow {
  id: string;
  slug: string;
  name: string;
  createdAt: number;
}

const ORG = {
  id: organisations.id,
  slug: organisations.slug,
  name: organisations.name,
  createdAt: organisations.createdAt,
};

/** One statement at a time writes, so that no two read the same. */
const NEXT_NUMBER = sql`(SELECT coalesce(max(number), 0) + 1 FROM organisations)`;

/** `false` where the slug is taken. */
export async function insertOrg(db: Database, org: OrgRow, audit: AuditLine): Promise<boolean> {
  const insert = db.orm
    .insert(organisations)
    .values({ ...org, number: NEXT_NUMBER })
    .onConflictDoNothing({ target: organisations.slug });
  const [created] = await db.orm.batch([
    insert.returning({ id: organisations.id }),
    auditStatement(db, org.id, audit),
  ]);
  return created.length > 0;
}

export type OwnedOrgOutcome = "created" | "slug_taken" | "too_many" | "no_account";

/** Makes an organisation and its owner, who may belong to `maxOrgs`. One round trip. */
export async function insertOwnedOrg(
  db: Database,
  org: OrgRow,
  { userId, maxOrgs, audit }: { userId: string; maxOrgs: number; audit: AuditLine },
): Promise<OwnedOrgOutcome> {
  const orgsOfOwner = sql`(SELECT count(*) FROM members WHERE user_id = ${userId})`;
  const account = sql`EXISTS (SELECT 1 FROM users WHERE id = ${userId})`;
  const insert = db.orm
    .insert(organisations)
    .select(
      sql`SELECT ${org.id}, ${NEXT_NUMBER}, ${org.slug}, ${org.name}, ${org.createdAt}
        WHERE ${orgsOfOwner} < ${maxOrgs} AND ${account}`,
    )
    .onConflictDoNothing({ target: organisations.slug });
  const own = sql`SELECT id, ${userId}, 'owner', ${org.createdAt} FROM organisations WHERE id = ${org.id}`;
  const [[owner], created] = await db.orm.batch([
    db.orm
      .select({ orgs: sql<number>`${orgsOfOwner}`, exists: sql<number>`${account}` })
      .from(sql`(SELECT 1)`),
    insert.returning({ id: organisations.id }),
    auditStatement(db, org.id, audit),
    db.orm.insert(members).select(own),
  ]);
  if (created.length > 0) return "created";
  if (!owner?.exists) return "no_account";
  return owner.orgs >= maxOrgs ? "too_many" : "slug_taken";
}

export interface OrgPage {
  /** The last id of the page before. */
  after: string | null;
  limit: number;
}

/** The oldest first. */
export function listOrgs(db: Database, page: OrgPage): Promise<OrgRow[]> {
  return listOrgsQuery(db, page);
}

export function listOrgsQuery(db: Database, page: OrgPage) {
  return db.orm
    .select(ORG)
    .from(organisations)
    .where(gt(organisations.id, page.after ?? ""))
    .orderBy(asc(organisations.id))
    .limit(page.limit);
}

/** Those that a person belongs to, with what they are there, the oldest first. */
export function listOrgsOfUser(
  db: Database,
  userId: string,
  page: OrgPage,
): Promise<(OrgRow & { role: Role })[]> {
  return listOrgsOfUserQuery(db, userId, page);
}

export function listOrgsOfUserQuery(db: Database, userId: string, page: OrgPage) {
  return db.orm
    .select({ ...ORG, role: members.role })
    .from(members)
    .innerJoin(organisations, eq(organisations.id, members.orgId))
    .where(and(eq(members.userId, userId), gt(members.orgId, page.after ?? "")))
    .orderBy(asc(members.orgId))
    .limit(page.limit);
}

/** By id or slug. */
export function findOrg(db: Database, idOrSlug: string): Promise<OrgRow | undefined> {
  return findOrgQuery(db, idOrSlug).get();
}

export function findOrgQuery(db: Database, idOrSlug: string) {
  return db.orm.select(ORG).from(organisations).where(isOrg(idOrSlug)).limit(1);
}

/** The id of the organisation of this id or slug, as a subquery. */
export function orgIdQuery(db: Database, idOrSlug: string) {
  return db.orm.select({ id: organisations.id }).from(organisations).where(isOrg(idOrSlug)).limit(1);
}

export interface OrgChange {
  /** Id or slug. */
  org: string;
  name: string | undefined;
  slug: string | undefined;
  asker: Asker;
}

/** Names it anew; `changed` is `null` where the slug is another's, or the asker or the organisation is not there. */
export async function updateOrg(
  db: Database,
  change: OrgChange & { audit: AuditLine },
): Promise<{ before: Standing | undefined; changed: OrgRow | null }> {
  const [[before], [changed]] = await db.orm.batch([
    standingQuery(db, change.org, change.asker),
    updateOrgStatement(db, change),
    // By its new slug, if it was named by the old one.
    auditStatement(db, change.slug ?? change.org, change.audit),
  ]);
  return { before, changed: changed ?? null };
}

export function updateOrgStatement(db: Database, { org, name, slug, asker }: OrgChange) {
  const isFree = sql`NOT EXISTS (SELECT 1 FROM organisations AS other WHERE other.slug = ${slug ?? null} AND other.id <> organisations.id)`;
  return db.orm
    .update(organisations)
    .set({
      name: sql`coalesce(${name ?? null}, ${organisations.name})`,
      slug: sql`coalesce(${slug ?? null}, ${organisations.slug})`,
    })
    .where(and(eq(organisations.id, orgIdQuery(db, org)), isFree, stillAllowed(asker, sql`organisations.id`)))
    .returning(ORG);
}
