import type { Deps } from "../../deps.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";

/**
 * Counts an attempt at an account, whoever makes it: guessing from many addresses is slowed too. What the attempt costs is not
 * told: the number of round trips differs where the address is known. Throws `rate_limited`.
 */
export async function limitAddress(
  deps: Pick<Deps, "config" | "rateLimit" | "receipt">,
  email: string,
): Promise<void> {
  deps.receipt.isPrivate = true;
  if (!deps.config.rateLimits) return;
  const key = `email:${await sha256Hex(email.trim().toLowerCase())}`;
  if (await deps.rateLimit.take("sensitive", key)) return;
  const { windowSeconds } = deps.rateLimit.policy("sensitive");
  const detail = "Too many attempts at this address: wait a moment";
  throw new AppError("rate_limited", { detail, retryAfterSeconds: windowSeconds });
}
