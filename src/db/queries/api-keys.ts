import { and, asc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { Scope } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { apiKeys, organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { findOrgQuery, orgIdQuery } from "./orgs.ts";
import type { OrgRow } from "./orgs.ts";
import { isOrg, standingColumns, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

const USE_RESOLUTION_MS = 3_600_000;

export interface ApiKeyRow {
  id: string;
  orgId: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  createdAt: number;
  revokedAt: number | null;
  lastUsedAt: number | null;
  /** Until when a key that was rotated still holds; `null` for one that was not. */
  endsAt: number | null;
}

export const API_KEY = {
  id: apiKeys.id,
  orgId: apiKeys.orgId,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  createdAt: apiKeys.createdAt,
  revokedAt: apiKeys.revokedAt,
  lastUsedAt: apiKeys.lastUsedAt,
  endsAt: apiKeys.endsAt,
};

export type NewApiKey = Omit<ApiKeyRow, "orgId" | "revokedAt" | "lastUsedAt" | "endsAt"> & { hash: string };

/** How things stood before a key was made, to say why none was. */
export interface KeyStanding extends Standing {
  liveKeys: number;
}

const LIVE_KEYS = sql<number>`(SELECT count(*) FROM api_keys AS live WHERE live.org_id = organisations.id AND live.revoked_at IS NULL AND live.ends_at IS NULL)`;

/** Inserts the key for the organisation of this id or slug, if it has fewer than `maxLive` and the asker may. */
export async function insertApiKey(
  db: Database,
  key: NewApiKey,
  given: { org: string; asker: Asker; maxLive: number; audit: AuditLine },
): Promise<{ before: KeyStanding | undefined; inserted: ApiKeyRow | null }> {
  const standing = db.orm
    .select({ ...standingColumns(given.asker), liveKeys: LIVE_KEYS })
    .from(organisations)
    .where(isOrg(given.org))
    .limit(1);
  const values = sql`SELECT ${key.id}, organisations.id, ${key.name}, ${key.prefix}, ${key.hash},
    ${JSON.stringify(key.scopes)}, ${key.createdAt}, NULL, NULL, NULL FROM organisations
    WHERE ${isOrg(given.org)} AND ${stillAllowed(given.asker, sql`organisations.id`)} AND ${LIVE_KEYS} < ${given.maxLive}`;
  const insert = db.orm.insert(apiKeys).select(values).returning(API_KEY);
  const written = auditStatement(db, given.org, given.audit);
  const [[before], [inserted]] = await db.orm.batch([standing, insert, written]);
  return { before, inserted: inserted ?? null };
}

/** The oldest first, revoked ones too; `org` is `undefined` where there is none. One round trip. */
export async function listApiKeys(
  db: Database,
  args: { org: string; after: string | null; limit: number },
): Promise<{ org: OrgRow | undefined; keys: ApiKeyRow[] }> {
  const [[org], keys] = await db.orm.batch([findOrgQuery(db, args.org), listApiKeysQuery(db, args)]);
  return { org, keys };
}

export function listApiKeysQuery(db: Database, args: { org: string; after: string | null; limit: number }) {
  const orgId = orgIdQuery(db, args.org);
  return db.orm
    .select(API_KEY)
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, orgId), gt(apiKeys.id, args.after ?? "")))
    .orderBy(asc(apiKeys.id))
    .limit(args.limit);
}

/** The hash of the key revoked now or earlier, so that caches of it can be dropped; `null` where the organisation has none. */
export async function revokeApiKey(
  db: Database,
  args: { org: string; id: string; now: number; audit: AuditLine },
): Promise<string | null> {
  const orgId = orgIdQuery(db, args.org);
  const isLive = sql`EXISTS (SELECT 1 FROM api_keys AS live WHERE live.id = ${args.id}
    AND live.org_id = organisations.id AND live.revoked_at IS NULL)`;
  const [, [row]] = await db.orm.batch([
    auditStatement(db, args.org, args.audit, isLive),
    db.orm
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${args.now})` })
      .where(and(eq(apiKeys.id, args.id), eq(apiKeys.orgId, orgId)))
      .returning({ hash: apiKeys.hash }),
  ]);
  return row?.hash ?? null;
}

export interface KeyIdentity {
  id: string;
  orgId: string;
  orgSlug: string;
  scopes: Scope[];
  endsAt: number | null;
}

export function findKeyByHash(db: Database, hash: string): Promise<KeyIdentity | undefined> {
  return findKeyByHashQuery(db, hash).get();
}

export function findKeyByHashQuery(db: Database, hash: string) {
  return db.orm
    .select({
      id: apiKeys.id,
      orgId: apiKeys.orgId,
      orgSlug: organisations.slug,
      scopes: apiKeys.scopes,
      endsAt: apiKeys.endsAt,
    })
    .from(apiKeys)
    .innerJoin(organisations, eq(organisations.id, apiKeys.orgId))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
}

/** Notes the use of a key to the hour, in the batch that writes for it anyway. */
export function touchKeyQuery(db: Database, id: string, now: number) {
  const stale = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, now - USE_RESOLUTION_MS));
  return db.orm
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, id), stale));
}
