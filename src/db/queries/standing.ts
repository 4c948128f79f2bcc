import { or, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Role } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { organisations } from "../schema/orgs.ts";

/**
 * The person who writes, and the roles that may; `null` for the operator. A session's memberships are remembered for up
 * to a minute, so what gives power away asks for the present role in its own statement.
 */
export type Asker = { userId: string; roles: readonly Role[] } | null;

/** The organisation of this id or slug, and what the asker is there now: `null` for no member, and for the operator. */
export function standingColumns(asker: Asker) {
  return {
    id: organisations.id,
    name: organisations.name,
    askerRole: sql<Role | null>`${roleOf(asker?.userId ?? null, sql`organisations.id`)}`,
  };
}

export interface Standing {
  id: string;
  name: string;
  askerRole: Role | null;
}

export function standingQuery(db: Database, org: string, asker: Asker) {
  return db.orm.select(standingColumns(asker)).from(organisations).where(isOrg(org)).limit(1);
}

/** By id or slug, which cannot be confused: a slug holds no underscore. */
export function isOrg(idOrSlug: string) {
  return or(eq(organisations.id, idOrSlug), eq(organisations.slug, idOrSlug));
}

/** The role of a user in the organisation whose id is `orgId`, as a subquery. */
export function roleOf(userId: string | null, orgId: SQL): SQL {
  return sql`(SELECT asker.role FROM members AS asker WHERE asker.org_id = ${orgId} AND asker.user_id = ${userId})`;
}

/** Whether the asker may write to the organisation whose id is `orgId`; owners are touched by owners alone. */
export function stillAllowed(asker: Asker, orgId: SQL, touchesOwner: SQL = sql`false`): SQL {
  if (asker === null) return sql`true`;
  const role = roleOf(asker.userId, orgId);
  const roles = sql`(SELECT value FROM json_each(${JSON.stringify(asker.roles)}))`;
  return sql`(${role} = 'owner' OR (${role} IN ${roles} AND NOT (${touchesOwner})))`;
}
