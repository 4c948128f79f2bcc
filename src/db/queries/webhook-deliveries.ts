import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { DeliveryState, MessageType } from "../../domain/webhook.ts";
import type { Database } from "../client.ts";
import { outbox } from "../schema/jobs.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";
import { standingQuery, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";
import { findWebhookQuery } from "./webhooks.ts";
import type { WebhookKey, WebhookRow } from "./webhooks.ts";
import { originOf } from "./outbox.ts";

export interface DeliveryRow {
  /** Also the `webhook-id` of the message. */
  id: string;
  webhookId: string;
  event: MessageType;
  /** The body, JSON. */
  payload: string;
  state: DeliveryState;
  attempts: number;
  /** When the next attempt is due, of one that waits. */
  dueAt: number;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: number;
  endedAt: number | null;
}

const DELIVERY = {
  id: webhookDeliveries.id,
  webhookId: webhookDeliveries.webhookId,
  event: webhookDeliveries.event,
  payload: webhookDeliveries.payload,
  state: webhookDeliveries.state,
  attempts: webhookDeliveries.attempts,
  dueAt: webhookDeliveries.dueAt,
  lastStatus: webhookDeliveries.lastStatus,
  lastError: webhookDeliveries.lastError,
  createdAt: webhookDeliveries.createdAt,
  endedAt: webhookDeliveries.endedAt,
};

export interface DeliveryPage extends WebhookKey {
  before: string | null;
  limit: number;
}

/** The newest first; `webhook` is `undefined` where the organisation has none of this id. One round trip. */
export async function listDeliveries(
  db: Database,
  page: DeliveryPage,
): Promise<{ webhook: WebhookRow | undefined; deliveries: DeliveryRow[] }> {
  const [[webhook], deliveries] = await db.orm.batch([
    findWebhookQuery(db, page),
    listDeliveriesQuery(db, page),
  ]);
  return { webhook, deliveries };
}

export function listDeliveriesQuery(db: Database, { org, id, before, limit }: DeliveryPage) {
  const own = and(eq(webhookDeliveries.webhookId, id), eq(webhookDeliveries.orgId, org));
  return db.orm
    .select(DELIVERY)
    .from(webhookDeliveries)
    .where(before === null ? own : and(own, lt(webhookDeliveries.id, before)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);
}

/** The newest of each of an organisation's webhooks, at most `limit` of each, in one round trip. */
export async function listRecentDeliveries(
  db: Database,
  { org, webhookIds, limit }: { org: string; webhookIds: readonly string[]; limit: number },
): Promise<Map<string, DeliveryRow[]>> {
  const [first, ...rest] = webhookIds.map((id) => listDeliveriesQuery(db, { org, id, before: null, limit }));
  if (first === undefined) return new Map();
  const lists = await db.orm.batch([first, ...rest]);
  return new Map(webhookIds.map((id, i) => [id, lists[i]]));
}

/** How things stood before a message was asked for, to say why none was made. */
export interface BeforeMessage {
  standing: Standing | undefined;
  webhook: WebhookRow | undefined;
}

interface Asked extends WebhookKey {
  asker: Asker;
  /** Of the job that delivers. */
  jobId: string;
  now: number;
}

export interface NewMessage extends Asked {
  deliveryId: string;
  event: MessageType;
  payload: string;
}

/** Writes a message for a webhook that is not disabled, and its job. One round trip. */
export async function insertMessage(
  db: Database,
  message: NewMessage,
): Promise<BeforeMessage & { made: DeliveryRow | null }> {
  const { org, asker, deliveryId, event, payload, now } = message;
  const isOpen = sql`${webhooks.id} = ${message.id} AND ${webhooks.orgId} = ${org} AND ${webhooks.disabledAt} IS NULL
    AND ${stillAllowed(asker, sql`${webhooks.orgId}`)}`;
  const insert = sql`INSERT INTO ${webhookDeliveries} (id, webhook_id, org_id, event, payload, state, attempts, due_at, created_at)
    SELECT ${deliveryId}, ${webhooks.id}, ${webhooks.orgId}, ${event}, ${payload}, 'waiting', 0, ${now}, ${now}
    FROM ${webhooks} WHERE ${isOpen}`;
  const isMade = sql`${webhookDeliveries.id} = ${deliveryId}`;
  const [[standing], [webhook], , , [made]] = await db.orm.batch([
    standingQuery(db, org, asker),
    findWebhookQuery(db, message),
    db.orm.run(insert),
    db.orm.run(insertJob(db, message, isMade)),
    db.orm.select(DELIVERY).from(webhookDeliveries).where(isMade),
  ]);
  return { standing, webhook, made: made ?? null };
}

function insertJob(db: Database, { jobId, now }: Asked, isAsked: SQL): SQL {
  return sql`INSERT INTO ${outbox} (id, kind, payload, created_at, origin)
    SELECT ${jobId}, 'webhooks.deliver', json_object('delivery', ${webhookDeliveries.id}), ${now}, ${originOf(db)}
    FROM ${webhookDeliveries} WHERE ${isAsked}`;
}

/**
 * Makes a delivery due at once, with all its attempts where it had ended, and writes its job; not for a disabled webhook.
 * One round trip.
 */
export async function renewDelivery(
  db: Database,
  given: Asked & { deliveryId: string },
): Promise<BeforeMessage & { renewed: DeliveryRow | null }> {
  const { org, asker, deliveryId, now } = given;
  const isOpen = sql`EXISTS (SELECT 1 FROM webhooks AS hook WHERE hook.id = ${given.id} AND hook.disabled_at IS NULL)`;
  const isAsked = sql`${webhookDeliveries.id} = ${deliveryId} AND ${webhookDeliveries.webhookId} = ${given.id}
    AND ${webhookDeliveries.orgId} = ${org} AND ${isOpen} AND ${stillAllowed(asker, sql`${webhookDeliveries.orgId}`)}`;
  const renew = db.orm
    .update(webhookDeliveries)
    .set({
      attempts: sql`CASE WHEN ${webhookDeliveries.state} = 'waiting' THEN ${webhookDeliveries.attempts} ELSE 0 END`,
      state: "waiting",
      dueAt: now,
      endedAt: null,
    })
    .where(isAsked)
    .returning(DELIVERY);
  const [[standing], [webhook], , [renewed]] = await db.orm.batch([
    standingQuery(db, org, asker),
    findWebhookQuery(db, given),
    db.orm.run(insertJob(db, given, isAsked)),
    renew,
  ]);
  return { standing, webhook, renewed: renewed ?? null };
}
