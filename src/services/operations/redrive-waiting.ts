import type { Ctx } from "../../deps.ts";
import { countDeadLetters, listDeadLetters } from "../../db/queries/dead-letters.ts";
import { requireOperator } from "../../domain/access.ts";
import { redriveLetters } from "../dead-letters.ts";

/** As many as one batch carries to the queue. */
const AT_ONCE = 100;

export interface Redriven {
  redriven: number;
  /** Whether more of them wait. */
  hasMore: boolean;
}

/**
 * Sends the jobs of waiting dead letters again, of one kind or of all, up to 100. Those kept after `until` stay, so that
 * what fails again meanwhile is not taken for another.
 */
export async function redriveWaiting(
  ctx: Ctx<"db" | "clock" | "jobs" | "log">,
  { kind, until }: { kind: string | null; until: number },
): Promise<Redriven> {
  requireOperator(ctx.actor);
  const page = { before: null, limit: AT_ONCE + 1, until, ...(kind === null ? {} : { kind }) };
  const rows = await listDeadLetters(ctx.db, page);
  const jobs = await redriveLetters(ctx, rows.slice(0, AT_ONCE));
  return { redriven: jobs.length, hasMore: rows.length > AT_ONCE };
}

/** How many wait of each kind, the most first, of the first 10,000. */
export async function waitingByKind(ctx: Ctx<"db">): Promise<{ kind: string; count: number }[]> {
  requireOperator(ctx.actor);
  return countDeadLetters(ctx.db);
}
