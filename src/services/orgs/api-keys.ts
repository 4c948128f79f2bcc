import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import type { Scope } from "../../domain/actor.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import {
  insertApiKey,
  listApiKeys as listRows,
  revokeApiKey as revokeRow,
} from "../../db/queries/api-keys.ts";
import { auditLine } from "../audit/line.ts";
import { askerOf, noSuchOrg, requireStanding } from "./asker.ts";
import { newApiKeySecret, prefixOf } from "./api-key-secret.ts";
import { forgetKey } from "./key-cache.ts";
import { requireName } from "./name.ts";
import { MAX_LIVE_KEYS } from "./limits.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";

export interface ApiKey {
  id: string;
  orgId: string;
  name: string;
  /** The secret's first characters. */
  prefix: string;
  scopes: readonly Scope[];
  createdAt: number;
  revokedAt: number | null;
  /** To the hour, as far as the key wrote anything. */
  lastUsedAt: number | null;
  /** Until when a key that was rotated still holds. */
  endsAt: number | null;
}

/** A person can give a key nothing that they may not do themselves. */
function requireOwnScopes({ actor }: Ctx, org: string, scopes: readonly Scope[]): void {
  if (actor.kind === "user") for (const scope of scopes) requirePermission(actor, scope, org);
}

/**
 * `org` is an id or slug. The secret is in this answer and nowhere else: only its hash is kept. Throws `conflict` for one
 * key too many.
 */
export async function createApiKey(
  ctx: Ctx<"db" | "clock">,
  input: { org: string; name: string; scopes: readonly Scope[] },
): Promise<ApiKey & { secret: string }> {
  const org = requirePermission(ctx.actor, "keys:write", input.org);
  const name = requireName(input.name);
  const scopes = [...new Set(input.scopes)].sort();
  if (scopes.length === 0) {
    const errors = [{ path: "scopes", message: "Expected at least one scope" }];
    throw new AppError("invalid_input", { detail: "A key without scopes allows nothing", errors });
  }
  requireOwnScopes(ctx, org, scopes);
  const secret = newApiKeySecret();
  const key = {
    id: newId("key", ctx.clock),
    name,
    prefix: prefixOf(secret),
    hash: await sha256Hex(secret),
    scopes,
    createdAt: ctx.clock.now(),
  };
  const asker = askerOf(ctx.actor, "keys:write");
  const audit = auditLine(ctx, "api_key.created", { target: key.id, facts: { scopes } });
  const given = { org, asker, maxLive: MAX_LIVE_KEYS, audit };
  const { before, inserted } = await insertApiKey(ctx.db, key, given);
  if (inserted !== null) return { ...inserted, secret };
  requireStanding(asker, before, input.org);
  throw new AppError("conflict", `The organisation has ${MAX_LIVE_KEYS} API keys: revoke one first`);
}

/** The oldest first, revoked ones too. `org` is an id or slug. */
export async function listApiKeys(
  ctx: Ctx<"db" | "config">,
  org: string,
  { cursor, limit }: PageRequest,
): Promise<Page<ApiKey>> {
  const id = requirePermission(ctx.actor, "keys:read", org);
  const scope = `api-keys:${id}`;
  const after = await afterOf(ctx, scope, cursor);
  const found = await listRows(ctx.db, { org: id, after, limit: limit + 1 });
  if (found.org === undefined) throw noSuchOrg(org);
  return pageOf(ctx, scope, found.keys, limit);
}

/** Revoking again changes nothing. This isolate refuses the key at once, others within 30 s. */
export async function revokeApiKey(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { org: string; id: string },
): Promise<void> {
  const org = requirePermission(ctx.actor, "keys:write", input.org);
  const audit = auditLine(ctx, "api_key.revoked", { target: input.id });
  const hash = await revokeRow(ctx.db, { org, id: input.id, now: ctx.clock.now(), audit });
  if (hash === null)
    throw new AppError("not_found", `The organisation "${input.org}" has no API key "${input.id}"`);
  forgetKey(ctx.isolate.cache, hash);
}
