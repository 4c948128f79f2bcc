import { z } from "@hono/zod-openapi";
import { rfc3339OrNull, toRfc3339 } from "../../domain/time.ts";
import { DELIVERY_STATES, WEBHOOK_EVENTS } from "../../domain/webhook.ts";
import type { Delivery } from "../../services/webhooks/deliveries.ts";
import { MAX_ADDRESS } from "../../services/webhooks/limits.ts";
import type { Webhook } from "../../services/webhooks/webhooks.ts";
import { orgParam } from "../orgs/schemas.ts";

export const webhookParams = z.object({ org: orgParam, id: z.string().min(1).max(100) });

const url = z.string().min(1).max(MAX_ADDRESS).openapi({
  description:
    "https, on port 443 or one from 1024, at a public name or address; no user, password or fragment in it",
  example: "https://shop.example/hooks/images",
});

const events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1)
  .max(10)
  .openapi({ description: "What it is told of", example: [...WEBHOOK_EVENTS] });

export const NewWebhookSchema = z.strictObject({ url, events }).openapi("NewWebhook");

export const WebhookUpdateSchema = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    disabled: z.boolean().optional().openapi({
      description: "false enables it again, whoever disabled it",
      example: false,
    }),
  })
  .openapi("WebhookUpdate");

export const WebhookSchema = z
  .object({
    id: z.string(),
    url,
    events,
    created_at: z.iso.datetime(),
    disabled_at: z.iso.datetime().nullable(),
    disabled_reason: z.string().nullable().openapi({ description: "null where you disabled it" }),
    failing_since: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "Since when no delivery has succeeded; null after a success" }),
  })
  .openapi("Webhook");

const secret = z.string().openapi({
  description: "Signs the messages: shown here and never again",
  example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
});

export const CreatedWebhookSchema = WebhookSchema.extend({ secret }).openapi("CreatedWebhook");

export const RotatedSecretSchema = z
  .object({
    secret,
    old_secret_until: z.iso
      .datetime()
      .openapi({ description: "Until then messages carry the signature of the secret before it, too" }),
  })
  .openapi("RotatedSecret");

export const DeliverySchema = z
  .object({
    id: z.string().openapi({ description: "The `webhook-id` of the message" }),
    type: z.enum([...WEBHOOK_EVENTS, "webhook.test"]),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    next_attempt_at: z.iso.datetime().nullable().openapi({ description: "Of one that waits" }),
    last_status: z.int().nullable().openapi({ description: "What the receiver answered last" }),
    last_error: z.string().nullable().openapi({ description: "Why the last attempt failed" }),
    created_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
    payload: z.record(z.string(), z.unknown()).openapi({ description: "The message's body" }),
  })
  .openapi("WebhookDelivery");

export function webhookWire(webhook: Webhook) {
  return {
    id: webhook.id,
    url: webhook.url,
    events: [...webhook.events],
    created_at: toRfc3339(webhook.createdAt),
    disabled_at: rfc3339OrNull(webhook.disabledAt),
    disabled_reason: webhook.disabledReason,
    failing_since: rfc3339OrNull(webhook.failingSince),
  };
}

export function deliveryWire(delivery: Delivery) {
  return {
    id: delivery.id,
    type: delivery.event,
    state: delivery.state,
    attempts: delivery.attempts,
    next_attempt_at: delivery.state === "waiting" ? toRfc3339(delivery.dueAt) : null,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
    created_at: toRfc3339(delivery.createdAt),
    ended_at: rfc3339OrNull(delivery.endedAt),
    payload: JSON.parse(delivery.payload) as Record<string, unknown>,
  };
}
