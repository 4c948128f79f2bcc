import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { organisations, siteKeys } from "../schema/orgs.ts";

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
