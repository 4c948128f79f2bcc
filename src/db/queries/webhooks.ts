import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { WebhookEvent } from "../../domain/webhook.ts";
import type { Database } from "../client.ts";
import { organisations } from "../schema/orgs.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { isOrg, standingColumns, standingQuery, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

export interface WebhookRow {
  id: string;
  orgId: string;
  url: string;
  events: WebhookEvent[];
  createdAt: number;
  disabledAt: number | null;
  disabledReason: string | null;
  failingSince: number | null;
}

const WEBHOOK = {
  id: webhooks.id,
  orgId: webhooks.orgId,
  url: webhooks.url,
  events: webhooks.events,
  createdAt: webhooks.createdAt,
  disabledAt: webhooks.disabledAt,
  disabledReason: webhooks.disabledReason,
  failingSince: webhooks.failingSince,
};

export interface NewWebhook {
  id: string;
  url: string;
  /** Sealed. */
  secret: string;
  events: readonly WebhookEvent[];
  createdAt: number;
}

const COUNT = sql<number>`(SELECT count(*) FROM webhooks AS held WHERE held.org_id = organisations.id)`;

/** Inserts the webhook for the organisation of this id, if it has fewer than `max` and the asker may. */
export async function insertWebhook(
  db: Database,
  row: NewWebhook,
  given: { org: string; asker: Asker; max: number; audit: AuditLine },
): Promise<{ before: (Standing & { webhooks: number }) | undefined; inserted: WebhookRow | null }> {
  const standing = db.orm
    .select({ ...standingColumns(given.asker), webhooks: COUNT })
    .from(organisations)
    .where(isOrg(given.org))
    .limit(1);
  const values = sql`SELECT ${row.id}, organisations.id, ${row.url}, ${row.secret}, NULL, NULL,
    ${JSON.stringify(row.events)}, ${row.createdAt}, NULL, NULL, NULL FROM organisations
    WHERE ${isOrg(given.org)} AND ${stillAllowed(given.asker, sql`organisations.id`)} AND ${COUNT} < ${given.max}`;
  const insert = db.orm.insert(webhooks).select(values).returning(WEBHOOK);
  const [[before], [inserted]] = await db.orm.batch([
    standing,
    insert,
    auditStatement(db, given.org, given.audit),
  ]);
  return { before, inserted: inserted ?? null };
}

/** The oldest first. */
export function listWebhooks(
  db: Database,
  { org, after, limit }: { org: string; after: string | null; limit: number },
): Promise<WebhookRow[]> {
  return db.orm
    .select(WEBHOOK)
    .from(webhooks)
    .where(and(eq(webhooks.orgId, org), gt(webhooks.id, after ?? "")))
    .orderBy(asc(webhooks.id))
    .limit(limit);
}

export interface WebhookKey {
  /** Id of the organisation. */
  org: string;
  id: string;
}

export function findWebhook(db: Database, key: WebhookKey): Promise<WebhookRow | undefined> {
  return findWebhookQuery(db, key).get();
}

export function findWebhookQuery(db: Database, { org, id }: WebhookKey) {
  return db.orm
    .select(WEBHOOK)
    .from(webhooks)
    .where(and(eq(webhooks.id, id), eq(webhooks.orgId, org)));
}

/** Where the webhook is the organisation's and the asker may write there now. */
function writable({ org, id }: WebhookKey, asker: Asker) {
  return and(eq(webhooks.id, id), eq(webhooks.orgId, org), stillAllowed(asker, sql`${webhooks.orgId}`));
}

export interface WebhookChange {
  url?: string;
  events?: readonly WebhookEvent[];
  /** Enabling forgets what went wrong before. */
  disabled?: { at: number } | null;
}

/** One round trip. `updated` is `null` where there is no such webhook or the asker may not. */
export async function updateWebhook(
  db: Database,
  key: WebhookKey,
  { asker, change, audit }: { asker: Asker; change: WebhookChange; audit: AuditLine },
): Promise<{ before: Standing | undefined; updated: WebhookRow | null }> {
  const { url, events, disabled } = change;
  const set = {
    url: url ?? sql`${webhooks.url}`,
    ...(events === undefined ? {} : { events: [...events] }),
    ...(disabled === undefined ? {} : stateOf(disabled)),
  };
  const update = db.orm.update(webhooks).set(set).where(writable(key, asker)).returning(WEBHOOK);
  const [[before], [updated]] = await db.orm.batch([
    standingQuery(db, key.org, asker),
    update,
    auditStatement(db, key.org, audit),
  ]);
  return { before, updated: updated ?? null };
}

function stateOf(disabled: { at: number } | null) {
  if (disabled === null) return { disabledAt: null, disabledReason: null, failingSince: null };
  const isOn = sql`${webhooks.disabledAt} IS NULL`;
  return {
    disabledAt: sql`coalesce(${webhooks.disabledAt}, ${disabled.at})`,
    disabledReason: sql`CASE WHEN ${isOn} THEN NULL ELSE ${webhooks.disabledReason} END`,
  };
}

/** The present secret becomes the old one, which holds until `oldUntil`. One round trip. */
export async function rotateSecret(
  db: Database,
  key: WebhookKey,
  given: { asker: Asker; secret: string; oldUntil: number; audit: AuditLine },
): Promise<{ before: Standing | undefined; updated: WebhookRow | null }> {
  const update = db.orm
    .update(webhooks)
    .set({ oldSecret: sql`${webhooks.secret}`, oldSecretUntil: given.oldUntil, secret: given.secret })
    .where(writable(key, given.asker))
    .returning(WEBHOOK);
  const [[before], [updated]] = await db.orm.batch([
    standingQuery(db, key.org, given.asker),
    update,
    auditStatement(db, key.org, given.audit),
  ]);
  return { before, updated: updated ?? null };
}

/** With its deliveries. One round trip. */
export async function deleteWebhook(
  db: Database,
  key: WebhookKey,
  { asker, audit }: { asker: Asker; audit: AuditLine },
): Promise<{ before: Standing | undefined; isDeleted: boolean }> {
  const own = db.orm.select({ id: webhooks.id }).from(webhooks).where(writable(key, asker));
  const [[before], , deleted] = await db.orm.batch([
    standingQuery(db, key.org, asker),
    db.orm.delete(webhookDeliveries).where(sql`${webhookDeliveries.webhookId} IN ${own}`),
    db.orm.delete(webhooks).where(writable(key, asker)).returning({ id: webhooks.id }),
    auditStatement(db, key.org, audit),
  ]);
  return { before, isDeleted: deleted.length > 0 };
}
