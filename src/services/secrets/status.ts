import { readSecretUse } from "../../db/queries/secrets.ts";
import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { sealedPrefix } from "../../domain/sealed.ts";
import { secretId } from "../../domain/secret-keys.ts";

/** A rollout reaches the last isolate by then. */
const ROLLOUT_MS = 10 * 60_000;

export interface SecretStatus {
  /** When the present secret was first signed with; `null` before the first tick. */
  since: number | null;
  /** How many are configured beside it. */
  previous: number;
  /** Sessions whose tokens one of them may have signed, counted up to 10,000. */
  sessions: number;
  lastSessionEndsAt: number | null;
  /** Webhooks' secrets and kept answers that the present one has not sealed, counted up to 10,000 each. */
  webhooks: number;
  answers: number;
  /** Whether nothing that was given out or kept would be lost with them. */
  mayDropPrevious: boolean;
}

/**
 * What the secrets before the present one are still needed for. Cursors are not counted: who pages for longer than a rollout
 * begins anew.
 */
export async function secretStatus(ctx: Ctx<"db" | "clock" | "config">): Promise<SecretStatus> {
  requireOperator(ctx.actor);
  const { secret, previousSecrets } = ctx.config;
  const now = ctx.clock.now();
  const prefix = sealedPrefix(secret);
  const use = await readSecretUse(ctx.db, { id: secretId(secret), prefix, now, marginMs: ROLLOUT_MS });
  const isSettled = use.since !== null && now >= use.since + ROLLOUT_MS;
  const isUnused = use.sessions + use.webhooks + use.answers === 0;
  return { ...use, previous: previousSecrets.length, mayDropPrevious: isSettled && isUnused };
}
