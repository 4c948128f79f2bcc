import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AuditAction } from "../../domain/audit.ts";
import type { Database } from "../client.ts";
import { auditLog } from "../schema/audit.ts";
import type { AuditLine } from "./audit.ts";
import { findOrgQuery, orgIdQuery } from "./orgs.ts";
import type { OrgRow } from "./orgs.ts";

export interface AuditRow extends AuditLine {
  /** Empty for the deployment's own. */
  orgId: string;
}

const LINE = {
  orgId: auditLog.orgId,
  id: auditLog.id,
  at: auditLog.at,
  actor: auditLog.actor,
  action: sql<AuditAction>`${auditLog.action}`,
  target: auditLog.target,
  facts: auditLog.facts,
  requestId: auditLog.requestId,
};

export interface AuditPage {
  actor: string | null;
  action: AuditAction | null;
  /** Only lines whose id is not less: those from a time on. */
  from: string | null;
  /** The last id of the page before. */
  before: string | null;
  limit: number;
}

function pageQuery(db: Database, ofOrg: SQL | undefined, page: AuditPage) {
  const { actor, action, from, before, limit } = page;
  const filters = [
    actor === null ? undefined : eq(auditLog.actor, actor),
    action === null ? undefined : eq(auditLog.action, action),
    from === null ? undefined : gte(auditLog.id, from),
    before === null ? undefined : lt(auditLog.id, before),
  ];
  return db.orm
    .select(LINE)
    .from(auditLog)
    .where(and(ofOrg, ...filters))
    .orderBy(desc(auditLog.id))
    .limit(limit);
}

/** The newest first; `org` is `undefined` where there is none. One round trip. */
export async function listAuditOfOrg(
  db: Database,
  org: string,
  page: AuditPage,
): Promise<{ org: OrgRow | undefined; lines: AuditRow[] }> {
  const ofOrg = eq(auditLog.orgId, orgIdQuery(db, org));
  const [[found], lines] = await db.orm.batch([findOrgQuery(db, org), pageQuery(db, ofOrg, page)]);
  return { org: found, lines };
}

/** Of all organisations and the deployment, the newest first; of one where `orgId` is given, `""` for the deployment. */
export function listAudit(db: Database, page: AuditPage & { orgId: string | null }): Promise<AuditRow[]> {
  return pageQuery(db, page.orgId === null ? undefined : eq(auditLog.orgId, page.orgId), page);
}

/** Forgets lines whose id is less than `before`, the oldest first, at most `limit`. Returns how many. */
export async function forgetAudit(
  db: Database,
  { before, limit }: { before: string; limit: number },
): Promise<number> {
  const { rowsAffected } = await db.orm.run(sql`DELETE FROM ${auditLog} WHERE (org_id, id) IN
    (SELECT old.org_id, old.id FROM ${auditLog} AS old WHERE old.id < ${before} ORDER BY old.id LIMIT ${limit})`);
  return rowsAffected;
}
