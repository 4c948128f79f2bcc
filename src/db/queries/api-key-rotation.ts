import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { apiKeys } from "../schema/orgs.ts";
import { API_KEY } from "./api-keys.ts";
import type { ApiKeyRow } from "./api-keys.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { orgIdQuery } from "./orgs.ts";
import { standingQuery, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

export interface Rotation {
  /** Id or slug. */
  org: string;
  /** Of the key that ends. */
  id: string;
  asker: Asker;
  now: number;
  oldEndsAt: number;
  audit: AuditLine;
}

export interface RotationOutcome {
  before: Standing | undefined;
  /** The key as it was. */
  old: ApiKeyRow | undefined;
  /** The new one; `null` where the old one was not there, not live, or not the asker's to change. */
  made: ApiKeyRow | null;
}

/** Inserts a copy of a live key with another secret, and has the old one end. One round trip. */
export async function rotateApiKey(
  db: Database,
  fresh: { id: string; prefix: string; hash: string },
  rotation: Rotation,
): Promise<RotationOutcome> {
  const { org, id, asker, now, oldEndsAt, audit } = rotation;
  const ofOrg = and(eq(apiKeys.id, id), eq(apiKeys.orgId, orgIdQuery(db, org)));
  const isLive = and(ofOrg, isNull(apiKeys.revokedAt), isNull(apiKeys.endsAt));
  const mayBe = and(isLive, stillAllowed(asker, sql`${apiKeys.orgId}`));
  const copy = sql`SELECT ${fresh.id}, org_id, name, ${fresh.prefix}, ${fresh.hash}, scopes, ${now}, NULL, NULL, NULL
    FROM ${apiKeys} WHERE ${mayBe}`;
  const [[before], [old], [made]] = await db.orm.batch([
    standingQuery(db, org, asker),
    db.orm.select(API_KEY).from(apiKeys).where(ofOrg),
    db.orm.insert(apiKeys).select(copy).returning(API_KEY),
    db.orm.update(apiKeys).set({ endsAt: oldEndsAt }).where(mayBe),
    auditStatement(db, org, audit),
  ]);
  return { before, old, made: made ?? null };
}
