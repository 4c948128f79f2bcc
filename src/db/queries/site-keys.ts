import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { organisations, siteKeys } from "../schema/orgs.ts";
import type { KeyStanding } from "./api-keys.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { findOrgQuery, orgIdQuery } from "./orgs.ts";
import type { OrgRow } from "./orgs.ts";
import { isOrg, standingColumns, stillAllowed } from "./standing.ts";
import type { Asker } from "./standing.ts";

export interface SiteKeyRow {
  id: string;
  orgId: string;
  name: string;
  origins: string[];
  createdAt: number;
  revokedAt: number | null;
}

/** What a page that sends events with a key needs to know of it. */
export interface LiveSiteKey {
  id: string;
  orgId: string;
  /** Of the organisation, as the tables of analytics are keyed. */
  orgNumber: number;
  /** As a browser writes them in `Origin`. */
  origins: string[];
}

/** `undefined` for a key that is unknown or revoked. */
export async function findSiteKey(db: Database, id: string): Promise<LiveSiteKey | undefined> {
  return findSiteKeyQuery(db, id).get();
}

export function findSiteKeyQuery(db: Database, id: string) {
  return db.orm
    .select({
      id: siteKeys.id,
      orgId: siteKeys.orgId,
      // Every organisation has one; the column is nullable only for the migration that added it.
      orgNumber: sql<number>`${organisations.number}`,
      origins: siteKeys.origins,
    })
    .from(siteKeys)
    .innerJoin(organisations, eq(organisations.id, siteKeys.orgId))
    .where(and(eq(siteKeys.id, id), isNull(siteKeys.revokedAt)));
}

const SITE_KEY = {
  id: siteKeys.id,
  orgId: siteKeys.orgId,
  name: siteKeys.name,
  origins: siteKeys.origins,
  createdAt: siteKeys.createdAt,
  revokedAt: siteKeys.revokedAt,
};

export type NewSiteKey = Omit<SiteKeyRow, "orgId" | "revokedAt">;

const LIVE_KEYS = sql<number>`(SELECT count(*) FROM site_keys AS live WHERE live.org_id = organisations.id AND live.revoked_at IS NULL)`;

/** Inserts the key for the organisation of this id or slug, if it has fewer than `maxLive` and the asker may. */
export async function insertSiteKey(
  db: Database,
  key: NewSiteKey,
  given: { org: string; asker: Asker; maxLive: number; audit: AuditLine },
): Promise<{ before: KeyStanding | undefined; inserted: SiteKeyRow | null }> {
  const standing = db.orm
    .select({ ...standingColumns(given.asker), liveKeys: LIVE_KEYS })
    .from(organisations)
    .where(isOrg(given.org))
    .limit(1);
  const values = sql`SELECT ${key.id}, organisations.id, ${key.name}, ${JSON.stringify(key.origins)}, ${key.createdAt}, NULL
    FROM organisations WHERE ${isOrg(given.org)} AND ${stillAllowed(given.asker, sql`organisations.id`)}
    AND ${LIVE_KEYS} < ${given.maxLive}`;
  const insert = db.orm.insert(siteKeys).select(values).returning(SITE_KEY);
  const written = auditStatement(db, given.org, given.audit);
  const [[before], [inserted]] = await db.orm.batch([standing, insert, written]);
  return { before, inserted: inserted ?? null };
}

interface SiteKeyPage {
  /** Id or slug. */
  org: string;
  after: string | null;
  limit: number;
}

/** The oldest first, revoked ones too; `org` is `undefined` where there is none. One round trip. */
export async function listSiteKeys(
  db: Database,
  page: SiteKeyPage,
): Promise<{ org: OrgRow | undefined; keys: SiteKeyRow[] }> {
  const [[org], keys] = await db.orm.batch([findOrgQuery(db, page.org), listSiteKeysQuery(db, page)]);
  return { org, keys };
}

export function listSiteKeysQuery(db: Database, { org, after, limit }: SiteKeyPage) {
  return db.orm
    .select(SITE_KEY)
    .from(siteKeys)
    .where(and(eq(siteKeys.orgId, orgIdQuery(db, org)), gt(siteKeys.id, after ?? "")))
    .orderBy(asc(siteKeys.id))
    .limit(limit);
}

/** `false` where the organisation has no such key; one revoked before keeps its time. */
export async function revokeSiteKey(
  db: Database,
  { org, id, now, audit }: { org: string; id: string; now: number; audit: AuditLine },
): Promise<boolean> {
  const isLive = sql`EXISTS (SELECT 1 FROM site_keys AS live WHERE live.id = ${id}
    AND live.org_id = organisations.id AND live.revoked_at IS NULL)`;
  const [, revoked] = await db.orm.batch([
    auditStatement(db, org, audit, isLive),
    db.orm
      .update(siteKeys)
      .set({ revokedAt: sql`coalesce(${siteKeys.revokedAt}, ${now})` })
      .where(and(eq(siteKeys.id, id), eq(siteKeys.orgId, orgIdQuery(db, org))))
      .returning({ id: siteKeys.id }),
  ]);
  return revoked.length > 0;
}
