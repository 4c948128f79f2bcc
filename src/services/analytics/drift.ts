import { listFindings } from "../../db/queries/recount-scope.ts";
import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { toRfc3339 } from "../../domain/time.ts";
import { afterOf, pageOf } from "../id-pages.ts";

export interface DriftItem {
  id: string;
  /** The organisation's slug. */
  org: string;
  what: string;
  kept: number;
  recounted: number;
  created_at: string;
}

const SCOPE = "drift";

/** What recounts found and repaired, the newest first. Throws `bad_cursor`. */
export async function driftPage(
  ctx: Ctx<"db" | "config">,
  page: { cursor: string | null; limit: number },
): Promise<{ items: DriftItem[]; next_cursor: string | null }> {
  requireOperator(ctx.actor);
  const before = await afterOf(ctx, SCOPE, page.cursor);
  const rows = await listFindings(ctx.db, { before, limit: page.limit + 1 });
  const { items, nextCursor } = await pageOf(ctx, SCOPE, rows, page.limit);
  const wire = items.map(({ id, slug, what, kept, recounted, createdAt }) => ({
    id,
    org: slug,
    what,
    kept,
    recounted,
    created_at: toRfc3339(createdAt),
  }));
  return { items: wire, next_cursor: nextCursor };
}
