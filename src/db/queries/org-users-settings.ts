import { eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { analyticsOrgs } from "../schema/analytics.ts";
import { organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { isOrg } from "./standing.ts";

export interface AnalyticsSettings {
  /** Of the IANA database. */
  timeZone: string;
  /** After so many days events are forgotten; their counts stay. */
  retentionDays: number;
}

const STANDARD: AnalyticsSettings = { timeZone: "UTC", retentionDays: 400 };

/** By id or slug; an organisation without events has the standard ones. */
export function settingsQuery(db: Database, org: string) {
  return db.orm
    .select({
      orgId: organisations.id,
      timeZone: sql<string>`coalesce(${analyticsOrgs.timeZone}, ${STANDARD.timeZone})`,
      retentionDays: sql<number>`coalesce(${analyticsOrgs.retentionDays}, ${STANDARD.retentionDays})`,
    })
    .from(organisations)
    .leftJoin(analyticsOrgs, eq(analyticsOrgs.org, organisations.number))
    .where(isOrg(org))
    .limit(1);
}

export type StoredSettings = AnalyticsSettings & { orgId: string };

/** Sets what is given, with a new version where anything changes, and reads all. One round trip. */
export async function updateSettings(
  db: Database,
  org: string,
  changes: Partial<AnalyticsSettings>,
  audit: AuditLine,
): Promise<StoredSettings | undefined> {
  const [, , [settings]] = await db.orm.batch([
    db.orm.run(updateQuery(org, changes)),
    auditStatement(db, org, audit),
    settingsQuery(db, org),
  ]);
  return settings;
}

export function updateQuery(org: string, { timeZone, retentionDays }: Partial<AnalyticsSettings>) {
  const zone = sql`coalesce(${timeZone ?? null}, time_zone)`;
  const days = sql`coalesce(${retentionDays ?? null}, retention_days)`;
  return sql`INSERT INTO analytics_orgs (org, version, folded_at, time_zone, retention_days)
    SELECT number, 1, created_at, ${timeZone ?? STANDARD.timeZone}, ${retentionDays ?? STANDARD.retentionDays}
    FROM organisations WHERE ${isOrg(org)}
    ON CONFLICT (org) DO UPDATE SET version = version + 1, time_zone = ${zone}, retention_days = ${days}
    WHERE time_zone <> ${zone} OR retention_days <> ${days}`;
}
