import { appendAudit } from "../../db/queries/audit.ts";
import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { KEPT_PREFIXES } from "../../domain/kept-blob.ts";
import { auditLine } from "../audit/line.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";

const SCOPE = "blobs";

/**
 * Keys of all blobs that a backup holds, in order: what comes or goes while they are read may be among them or not. The
 * first page becomes a line of the audit log, since it begins to take everything away.
 */
export async function listBlobs(
  ctx: Ctx<"db" | "blobs" | "config" | "clock">,
  { cursor, limit }: PageRequest,
): Promise<Page<{ id: string }>> {
  requireOperator(ctx.actor);
  const after = await afterOf(ctx, SCOPE, cursor);
  if (after === null) await appendAudit(ctx.db, null, auditLine(ctx, "blobs.listed"));
  const keys: string[] = [];
  for (const prefix of KEPT_PREFIXES) {
    const wanted = limit + 1 - keys.length;
    if (wanted === 0 || (after !== null && isBefore(prefix, after))) continue;
    const from = after?.startsWith(prefix) === true ? after : undefined;
    keys.push(...(await ctx.blobs.list(prefix, wanted, from)));
  }
  return pageOf(
    ctx,
    SCOPE,
    keys.map((id) => ({ id })),
    limit,
  );
}

function isBefore(prefix: string, after: string): boolean {
  return prefix < after && !after.startsWith(prefix);
}
