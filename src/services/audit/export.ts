import { appendAudit } from "../../db/queries/audit.ts";
import { listAuditOfOrg } from "../../db/queries/audit-log.ts";
import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import type { AuditEntry, AuditFilter } from "./list.ts";
import { rowsOf } from "./list.ts";
import { auditLine } from "./line.ts";

const PAGE_ROWS = 1_000;

/**
 * All lines of an organisation, the newest first, in pages of 1,000, one round trip each: memory holds one of them. The
 * first is read before this answers, so that what is refused is refused with a status.
 */
export async function exportOrgAudit(
  ctx: Ctx<"db" | "clock">,
  { org, ...filter }: AuditFilter & { org: string },
): Promise<AsyncGenerator<AuditEntry[]>> {
  const id = requirePermission(ctx.actor, "audit:read", org);
  const read = (before: string | null) =>
    listAuditOfOrg(ctx.db, id, { ...rowsOf(filter), before, limit: PAGE_ROWS });
  const first = await read(null);
  if (first.org === undefined) throw noSuchOrg(org);
  await appendAudit(ctx.db, id, auditLine(ctx, "audit.exported"));
  return pages(first.lines, read);
}

async function* pages(
  first: AuditEntry[],
  read: (before: string) => Promise<{ lines: AuditEntry[] }>,
): AsyncGenerator<AuditEntry[]> {
  let page = first;
  while (page.length > 0) {
    yield page;
    if (page.length < PAGE_ROWS) return;
    page = (await read(page[page.length - 1].id)).lines;
  }
}
