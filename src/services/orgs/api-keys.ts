import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import type { Scope } from "../../domain/actor.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import {
  insertApiKey,
  listApiKeys as listRows,
  revokeApiKey as revokeRow,
} from "../../db/queries/api-keys.ts";
import { newApiKeySecret, prefixOf } from "./api-key-secret.ts";
import { forgetKey } from "./key-cache.ts";
import { requireName } from "./name.ts";
import { noSuchOrg } from "./orgs.ts";
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
}

/** `org` is an id or slug. The secret is in this answer and nowhere else: only its hash is kept. */
export async function createApiKey(
  ctx: Ctx<"db" | "clock">,
  input: { org: string; name: string; scopes: readonly Scope[] },
): Promise<ApiKey & { secret: string }> {
  requireOperator(ctx.actor);
  const name = requireName(input.name);
  const scopes = [...new Set(input.scopes)].sort();
  if (scopes.length === 0) {
    const errors = [{ path: "scopes", message: "Expected at least one scope" }];
    throw new AppError("invalid_input", { detail: "A key without scopes allows nothing", errors });
  }
  const secret = newApiKeySecret();
  const key = await insertApiKey(ctx.db, input.org, {
    id: newId("key", ctx.clock),
    name,
    prefix: prefixOf(secret),
    hash: await sha256Hex(secret),
    scopes,
    createdAt: ctx.clock.now(),
  });
  if (key === null) throw noSuchOrg(input.org);
  return { ...key, secret };
}

/** The oldest first, revoked ones too. `org` is an id or slug. */
export async function listApiKeys(
  ctx: Ctx<"db" | "config">,
  org: string,
  { cursor, limit }: PageRequest,
): Promise<Page<ApiKey>> {
  requireOperator(ctx.actor);
  const scope = `api-keys:${org}`;
  const after = await afterOf(ctx, scope, cursor);
  const found = await listRows(ctx.db, { org, after, limit: limit + 1 });
  if (found.org === undefined) throw noSuchOrg(org);
  return pageOf(ctx, scope, found.keys, limit);
}

/** Revoking again changes nothing. This isolate refuses the key at once, others within 30 s. */
export async function revokeApiKey(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { org: string; id: string },
): Promise<void> {
  requireOperator(ctx.actor);
  const hash = await revokeRow(ctx.db, { ...input, now: ctx.clock.now() });
  if (hash === null)
    throw new AppError("not_found", `The organisation "${input.org}" has no API key "${input.id}"`);
  forgetKey(ctx.isolate.cache, hash);
}
