import type { AuditPage, AuditRow } from "../../db/queries/audit-log.ts";
import { listAudit, listAuditOfOrg } from "../../db/queries/audit-log.ts";
import type { Ctx } from "../../deps.ts";
import { requireOperator, requirePermission } from "../../domain/access.ts";
import type { AuditAction } from "../../domain/audit.ts";
import { firstIdAt } from "../../domain/ids.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { noSuchOrg } from "../orgs/asker.ts";

export type AuditEntry = AuditRow;

export interface AuditFilter {
  /** `user:…`, `key:…`, `operator` or `system`. */
  actor: string | null;
  action: AuditAction | null;
  /** Milliseconds since the epoch. */
  since: number | null;
}

export const ALL_LINES: AuditFilter = { actor: null, action: null, since: null };

export function rowsOf({ actor, action, since }: AuditFilter): Pick<AuditPage, "actor" | "action" | "from"> {
  return { actor, action, from: since === null ? null : firstIdAt("aud", since) };
}

function scopeOf(of: string, filter: AuditFilter): string {
  return `audit:${of}:${JSON.stringify([filter.actor, filter.action, filter.since])}`;
}

/** What was done to an organisation (id or slug) and by whom, the newest first. For owners, admins and the operator. */
export async function listOrgAudit(
  ctx: Ctx<"db" | "config">,
  { org, ...filter }: AuditFilter & { org: string },
  { cursor, limit }: PageRequest,
): Promise<Page<AuditEntry>> {
  const id = requirePermission(ctx.actor, "audit:read", org);
  const scope = scopeOf(id, filter);
  const before = await afterOf(ctx, scope, cursor);
  const found = await listAuditOfOrg(ctx.db, id, { ...rowsOf(filter), before, limit: limit + 1 });
  if (found.org === undefined) throw noSuchOrg(org);
  return pageOf(ctx, scope, found.lines, limit);
}

/** All lines, of the deployment and of every organisation, or of one (`orgId`), the newest first. */
export async function listAllAudit(
  ctx: Ctx<"db" | "config">,
  { orgId, ...filter }: AuditFilter & { orgId: string | null },
  { cursor, limit }: PageRequest,
): Promise<Page<AuditEntry>> {
  requireOperator(ctx.actor);
  const scope = `${scopeOf("all", filter)}:${orgId ?? "*"}`;
  const before = await afterOf(ctx, scope, cursor);
  const rows = await listAudit(ctx.db, { ...rowsOf(filter), orgId, before, limit: limit + 1 });
  return pageOf(ctx, scope, rows, limit);
}
