import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import {
  insertSiteKey,
  listSiteKeys as listRows,
  revokeSiteKey as revokeRow,
} from "../../db/queries/site-keys.ts";
import { auditLine } from "../audit/line.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { askerOf, noSuchOrg, requireStanding } from "./asker.ts";
import { MAX_LIVE_KEYS } from "./limits.ts";
import { requireName } from "./name.ts";
import { requireOrigins } from "./origins.ts";

/** Stands in public pages: with it, pages of its origins may send events, and nothing else. */
export interface SiteKey {
  id: string;
  orgId: string;
  name: string;
  /** As browsers write them in `Origin`. */
  origins: readonly string[];
  createdAt: number;
  revokedAt: number | null;
}

/** `org` is an id or slug. Throws `invalid_input` for bad origins, `conflict` for one key too many. */
export async function createSiteKey(
  ctx: Ctx<"db" | "clock">,
  input: { org: string; name: string; origins: readonly string[] },
): Promise<SiteKey> {
  const org = requirePermission(ctx.actor, "keys:write", input.org);
  const asker = askerOf(ctx.actor, "keys:write");
  const key = {
    id: newId("site", ctx.clock),
    name: requireName(input.name),
    origins: requireOrigins(input.origins),
    createdAt: ctx.clock.now(),
  };
  const audit = auditLine(ctx, "site_key.created", { target: key.id });
  const given = { org, asker, maxLive: MAX_LIVE_KEYS, audit };
  const { before, inserted } = await insertSiteKey(ctx.db, key, given);
  if (inserted !== null) return inserted;
  requireStanding(asker, before, input.org);
  throw new AppError("conflict", `The organisation has ${MAX_LIVE_KEYS} site keys: revoke one first`);
}

/** The oldest first, revoked ones too. `org` is an id or slug. */
export async function listSiteKeys(
  ctx: Ctx<"db" | "config">,
  org: string,
  { cursor, limit }: PageRequest,
): Promise<Page<SiteKey>> {
  const id = requirePermission(ctx.actor, "keys:read", org);
  const scope = `site-keys:${id}`;
  const after = await afterOf(ctx, scope, cursor);
  const found = await listRows(ctx.db, { org: id, after, limit: limit + 1 });
  if (found.org === undefined) throw noSuchOrg(org);
  return pageOf(ctx, scope, found.keys, limit);
}

/** Revoking again changes nothing. */
export async function revokeSiteKey(
  ctx: Ctx<"db" | "clock">,
  input: { org: string; id: string },
): Promise<void> {
  const org = requirePermission(ctx.actor, "keys:write", input.org);
  const audit = auditLine(ctx, "site_key.revoked", { target: input.id });
  if (await revokeRow(ctx.db, { org, id: input.id, now: ctx.clock.now(), audit })) return;
  throw new AppError("not_found", `The organisation "${input.org}" has no site key "${input.id}"`);
}
