import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { toRfc3339 } from "../../domain/time.ts";
import {
  insertMessage,
  listDeliveries as listRows,
  listRecentDeliveries,
  renewDelivery,
} from "../../db/queries/webhook-deliveries.ts";
import type { BeforeMessage, DeliveryRow } from "../../db/queries/webhook-deliveries.ts";
import type { Asker } from "../../db/queries/standing.ts";
import type { WebhookKey } from "../../db/queries/webhooks.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { askerOf, requireStanding } from "../orgs/asker.ts";
import { sendWritten } from "../outbox.ts";
import { deliveryJob } from "./deliver.ts";
import { noSuchWebhook } from "./webhooks.ts";

/** One message to one webhook, with how far it got. */
export type Delivery = DeliveryRow;

/** The newest first; those that ended are kept for 30 days. */
export async function listDeliveries(
  ctx: Ctx<"db" | "config">,
  { org, id }: WebhookKey,
  { cursor, limit }: PageRequest,
): Promise<Page<Delivery>> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const scope = `webhook-deliveries:${id}`;
  const before = await afterOf(ctx, scope, cursor);
  const found = await listRows(ctx.db, { org: orgId, id, before, limit: limit + 1 });
  if (found.webhook === undefined) throw noSuchWebhook({ org, id });
  return pageOf(ctx, scope, found.deliveries, limit);
}

/** The newest deliveries of each of these webhooks of an organisation, at most `limit` each. */
export async function recentDeliveries(
  ctx: Ctx<"db">,
  { org, webhookIds, limit }: { org: string; webhookIds: readonly string[]; limit: number },
): Promise<Map<string, Delivery[]>> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  return listRecentDeliveries(ctx.db, { org: orgId, webhookIds, limit });
}

type SendDeps = Ctx<"db" | "clock" | "jobs" | "log">;

/** Sends a message of type `webhook.test` to the webhook, through the queue as any other. `conflict` where it is disabled. */
export async function sendTest(ctx: SendDeps, { org, id }: WebhookKey): Promise<Delivery> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const asker = askerOf(ctx.actor, "webhooks:write");
  const now = ctx.clock.now();
  const deliveryId = newId("msg", ctx.clock);
  const job = deliveryJob(ctx.clock, deliveryId);
  const payload = { type: "webhook.test", timestamp: toRfc3339(now), data: { webhook: id } };
  const { made, ...before } = await insertMessage(ctx.db, {
    org: orgId,
    id,
    asker,
    jobId: job.id,
    deliveryId,
    event: "webhook.test",
    payload: JSON.stringify(payload),
    now,
  });
  if (made === null) throw whyNot(before, asker, { org, id });
  await sendWritten(ctx, [job]);
  return made;
}

/**
 * Sends a message again, with the same id and body: from the first attempt where it had ended, else at once. `conflict`
 * where the webhook is disabled.
 */
export async function redeliver(
  ctx: SendDeps,
  { org, id, delivery }: WebhookKey & { delivery: string },
): Promise<Delivery> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const asker = askerOf(ctx.actor, "webhooks:write");
  const job = deliveryJob(ctx.clock, delivery);
  const { renewed, ...before } = await renewDelivery(ctx.db, {
    org: orgId,
    id,
    asker,
    deliveryId: delivery,
    jobId: job.id,
    now: ctx.clock.now(),
  });
  if (renewed === null) throw whyNot(before, asker, { org, id }, delivery);
  await sendWritten(ctx, [job]);
  return renewed;
}

function whyNot(
  { standing, webhook }: BeforeMessage,
  asker: Asker,
  key: WebhookKey,
  delivery?: string,
): AppError {
  requireStanding(asker, standing, key.org);
  if (webhook === undefined) return noSuchWebhook(key);
  if (webhook.disabledAt !== null)
    return new AppError("conflict", `The webhook "${key.id}" is disabled: enable it first`);
  return new AppError("not_found", `The webhook "${key.id}" has no delivery "${delivery ?? ""}"`);
}
