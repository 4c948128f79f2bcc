import type { Deps } from "../../deps.ts";
import { purgeIdempotencyKeys } from "../../db/queries/idempotency.ts";

/** Forgets the answers that are older than the contract keeps them, some at a time. */
export async function forgetAnswers(ctx: Pick<Deps, "db" | "clock">): Promise<void> {
  await purgeIdempotencyKeys(ctx.db, ctx.clock.now());
}
