import type { Ctx } from "../../deps.ts";
import { countExposures } from "../../db/queries/experiment-counts.ts";
import { forgetFolds, forgetUnits } from "../../db/queries/experiment-sweep.ts";
import { AppError } from "../../domain/errors.ts";

/** Longer than any queue keeps a message. */
const FOLDS_KEPT_MS = 15 * 86_400_000;
/** Digests of who took part are kept no longer than what comes late could still be looked into. */
const UNITS_KEPT_MS = 7 * 86_400_000;

/** Counts what a job brings, once. Throws `invalid_input` for what is no list of exposures and outcomes. */
export async function countJobOf(
  ctx: Ctx<"db" | "clock">,
  job: { id: string; body: unknown },
): Promise<void> {
  if (typeof job.body !== "string" || !isCounted(job.body))
    throw new AppError("invalid_input", `The job "${job.id}" brings no exposures`);
  await countExposures(ctx.db, { job: job.id, body: job.body, now: ctx.clock.now() });
}

function isCounted(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null) return false;
    const { e, o } = value as Record<string, unknown>;
    return [e, o].every((list) => Array.isArray(list) && list.every(Array.isArray));
  } catch {
    return false;
  }
}

/** Forgets, some at a time, which jobs were counted and who took part in what has ended. The counts stay. */
export async function sweepExperiments(ctx: Ctx<"db" | "clock">): Promise<void> {
  const now = ctx.clock.now();
  await forgetFolds(ctx.db, now - FOLDS_KEPT_MS);
  await forgetUnits(ctx.db, now - UNITS_KEPT_MS);
}
