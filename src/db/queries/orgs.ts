import { asc, eq, gt, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { organisations } from "../schema/orgs.ts";

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
export async function insertOrg(db: Database, org: OrgRow): Promise<boolean> {
  const insert = db.orm
    .insert(organisations)
    .values({ ...org, number: NEXT_NUMBER })
    .onConflictDoNothing({ target: organisations.slug });
  return (await insert.returning({ id: organisations.id })).length > 0;
}

/** The oldest first, those after the id `after`. */
export function listOrgs(db: Database, page: { after: string | null; limit: number }): Promise<OrgRow[]> {
  return listOrgsQuery(db, page);
}

export function listOrgsQuery(db: Database, page: { after: string | null; limit: number }) {
  return db.orm
    .select(ORG)
    .from(organisations)
    .where(gt(organisations.id, page.after ?? ""))
    .orderBy(asc(organisations.id))
    .limit(page.limit);
}

/** By id or slug, which cannot be confused: a slug holds no underscore. */
export function findOrg(db: Database, idOrSlug: string): Promise<OrgRow | undefined> {
  return findOrgQuery(db, idOrSlug).get();
}

export function findOrgQuery(db: Database, idOrSlug: string) {
  return db.orm
    .select(ORG)
    .from(organisations)
    .where(or(eq(organisations.id, idOrSlug), eq(organisations.slug, idOrSlug)))
    .limit(1);
}

/** The id of the organisation of this id or slug, as a subquery. */
export function orgIdQuery(db: Database, idOrSlug: string) {
  return db.orm
    .select({ id: organisations.id })
    .from(organisations)
    .where(or(eq(organisations.id, idOrSlug), eq(organisations.slug, idOrSlug)))
    .limit(1);
}
