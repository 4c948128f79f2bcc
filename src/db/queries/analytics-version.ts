import { eq, sql } from "drizzle-orm";
import type { Placeholder, SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { analyticsOrgs } from "../schema/analytics.ts";
import { organisations } from "../schema/orgs.ts";

/** What an organisation's answers stand at. */
export interface DataVersion {
  version: number;
  /** Milliseconds since the epoch: when that version came to be. */
  asOf: number;
}

const VERSION = sql<number>`coalesce(${analyticsOrgs.version}, 0)`;

/** One row by two primary keys; none where there is no such organisation. */
export function versionQuery(db: Database, orgId: string) {
  return db.orm
    .select({
      version: VERSION.as("version"),
      asOf: sql<number>`max(coalesce(${analyticsOrgs.foldedAt}, 0), ${organisations.createdAt})`.as("as_of"),
    })
    .from(organisations)
    .leftJoin(analyticsOrgs, eq(analyticsOrgs.org, organisations.number))
    .where(eq(organisations.id, orgId));
}

/** A row of `withVersion`. */
export interface VersionAnd {
  version: number;
  as_of: number;
  value: string;
}

/**
 * What `versionQuery` reads, and beside it the one text that `value` gives, in one statement: it sees one state of the
 * database without a transaction around it.
 */
export function withVersion(orgId: string | Placeholder, value: SQL): SQL {
  return sql`SELECT coalesce(a.version, 0) AS version, max(coalesce(a.folded_at, 0), o.created_at) AS as_of, (${value}) AS value
    FROM organisations AS o LEFT JOIN analytics_orgs AS a ON a.org = o.number WHERE o.id = ${orgId}`;
}

/** `organisations.number` of an id, as a subquery. */
export function orgNumber(orgId: string | Placeholder): SQL<number> {
  return sql<number>`(SELECT number FROM organisations WHERE id = ${orgId})`;
}

/**
 * `organisations.number` where the organisation's version is not `known`, else NULL, as a subquery: a statement with
 * `org = changedOrg(…)` reads no row of an organisation that has not changed. `null` stands for no version known.
 */
export function changedOrg(orgId: string | Placeholder, known: number | Placeholder | null): SQL<number> {
  if (known === null) return orgNumber(orgId);
  return sql<number>`(SELECT o.number FROM organisations o LEFT JOIN analytics_orgs a ON a.org = o.number WHERE o.id = ${orgId} AND coalesce(a.version, 0) <> ${known})`;
}

/**
 * Makes what is cached of the organisation's answers unreachable. Stands right behind the statement, of the same batch,
 * that may change what they show: it does nothing where that one changed no row.
 */
export function bumpVersionStatement(db: Database, orgId: string, now: number) {
  return db.orm.run(sql`INSERT INTO analytics_orgs (org, version, folded_at)
    SELECT number, 1, ${now} FROM organisations WHERE id = ${orgId} AND changes() > 0
    ON CONFLICT (org) DO UPDATE SET version = version + 1, folded_at = max(folded_at, excluded.folded_at)`);
}
