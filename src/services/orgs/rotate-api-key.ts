import { rotateApiKey as rotateRow } from "../../db/queries/api-key-rotation.ts";
import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { auditLine } from "../audit/line.ts";
import { newApiKeySecret, prefixOf } from "./api-key-secret.ts";
import type { ApiKey } from "./api-keys.ts";
import { askerOf, requireStanding } from "./asker.ts";

/** How long the old key may hold beside the new one. */
export const OVERLAP_SECONDS = { min: 0, standard: 86_400, max: 2_592_000 } as const;

/**
 * A new key of the same name and scopes, whose secret is in this answer alone; the old one ends after `overlapSeconds`, in
 * every isolate within 30 s of that. A key is rotated once: `conflict` for one that is ending, `not_found` for one revoked.
 */
export async function rotateApiKey(
  ctx: Ctx<"db" | "clock">,
  input: { org: string; id: string; overlapSeconds: number },
): Promise<ApiKey & { secret: string; oldEndsAt: number }> {
  const org = requirePermission(ctx.actor, "keys:write", input.org);
  const asker = askerOf(ctx.actor, "keys:write");
  const secret = newApiKeySecret();
  const now = ctx.clock.now();
  const fresh = { id: newId("key", ctx.clock), prefix: prefixOf(secret), hash: await sha256Hex(secret) };
  const oldEndsAt = now + input.overlapSeconds * 1_000;
  const facts = { new_key: fresh.id, overlap_seconds: input.overlapSeconds };
  const audit = auditLine(ctx, "api_key.rotated", { target: input.id, facts });
  const given = { org, id: input.id, asker, now, oldEndsAt, audit };
  const { before, old, made } = await rotateRow(ctx.db, fresh, given);
  if (made !== null) return { ...made, secret, oldEndsAt };
  requireStanding(asker, before, input.org);
  if (old === undefined || old.revokedAt !== null)
    throw new AppError("not_found", `The organisation "${input.org}" has no live API key "${input.id}"`);
  throw new AppError(
    "conflict",
    `The API key "${input.id}" was rotated already: rotate the one that replaces it`,
  );
}
