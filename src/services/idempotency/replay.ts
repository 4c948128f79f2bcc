import type { Ctx } from "../../deps.ts";
import type { Actor } from "../../domain/actor.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import type { Once } from "../../domain/ids.ts";
import { seal, unseal } from "../../domain/sealed.ts";
import {
  claimIdempotencyKey,
  releaseIdempotencyKey,
  saveIdempotentAnswer,
} from "../../db/queries/idempotency.ts";

/** What is replayed byte for byte. */
export interface KeptAnswer {
  status: number;
  headers: [string, string][];
  body: string;
}

type ReplayCtx = Ctx<"db" | "clock" | "config">;

/** Keys of two actors never meet; the anonymous have none, since they cannot be told apart. */
export function idempotencyOwner(actor: Actor): string | null {
  switch (actor.kind) {
    case "anonymous":
      return null;
    case "user":
      return `user:${actor.userId}`;
    case "operator":
      return "operator";
    case "api-key":
      return `key:${actor.keyId}`;
    default:
      return actor satisfies never;
  }
}

/** What a kept answer is bound to. */
export function answerContext(owner: string, key: string): string {
  return `idempotency\n${owner}\n${key}`;
}

/** A key that this request has: `once` is the same whenever it comes, until it is answered. */
export interface TakenKey {
  once: Once;
}

/**
 * Takes `key` for this request, or gives the answer kept for it. Throws `idempotency_conflict` where
 * it came with another body, and `conflict` while its first request is under way.
 */
export async function claimKey(
  ctx: ReplayCtx,
  { owner, key, bodyHash }: { owner: string; key: string; bodyHash: string },
): Promise<TakenKey | KeptAnswer> {
  const claim = await claimIdempotencyKey(ctx.db, { actor: owner, key, bodyHash, now: ctx.clock.now() });
  switch (claim.state) {
    case "new":
      return { once: { at: claim.since, digest: await sha256Hex(answerContext(owner, key)) } };
    case "conflict":
      throw new AppError(
        "idempotency_conflict",
        `The idempotency key "${key}" was used with another request`,
      );
    case "in_progress": {
      const detail = `The first request with the idempotency key "${key}" is under way`;
      throw new AppError("conflict", { detail, retryAfterSeconds: 1 });
    }
    case "replay":
      return JSON.parse(await opened(ctx, { owner, key }, claim.answer)) as KeptAnswer;
    default:
      return claim satisfies never;
  }
}

/** Throws `conflict` where the secret that sealed it is not configured any more: nobody knows whether to do it again. */
async function opened(
  { config }: ReplayCtx,
  { owner, key }: { owner: string; key: string },
  answer: string,
): Promise<string> {
  return unseal(config, answerContext(owner, key), answer).catch((cause: unknown) => {
    const detail = `The answer kept for the idempotency key "${key}" cannot be read any more: see what was done, and take another key`;
    throw new AppError("conflict", detail, cause);
  });
}

/** Keeps an answer sealed for 24 h, since it may hold a secret; or gives the key back where a retry may do better. */
export async function settleKey(
  ctx: ReplayCtx,
  { owner, key }: { owner: string; key: string },
  kept: KeptAnswer | null,
): Promise<void> {
  if (kept === null) return releaseIdempotencyKey(ctx.db, { actor: owner, key });
  const answer = await seal(ctx.config.secret, answerContext(owner, key), JSON.stringify(kept));
  await saveIdempotentAnswer(ctx.db, { actor: owner, key, status: kept.status, answer });
}
