import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { DeliveryState, MessageType, WebhookEvent } from "../../domain/webhook.ts";
import { organisations } from "./orgs.ts";

export const webhooks = sqliteTable(
  "webhooks",
  {
    id: text().primaryKey(),
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    url: text().notNull(),
    /** The signing secret, sealed: the queue signs with it, nobody reads it again. */
    secret: text().notNull(),
    /** The secret before the last rotation, sealed: messages carry its signature too, until the time beside it. */
    oldSecret: text("old_secret"),
    oldSecretUntil: integer("old_secret_until"),
    events: text({ mode: "json" }).$type<WebhookEvent[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    /** Set by its owner, or by us after days of failures; nothing is sent meanwhile. */
    disabledAt: integer("disabled_at"),
    disabledReason: text("disabled_reason"),
    /** Since when no delivery has succeeded; null after a success. */
    failingSince: integer("failing_since"),
  },
  (table) => [index("webhooks_of_org_by_id").on(table.orgId, table.id)],
);

export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    /** Also the `webhook-id` that receivers tell repetitions by. */
    id: text().primaryKey(),
    webhookId: text("webhook_id")
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    event: text().$type<MessageType>().notNull(),
    /** What is told, once for each webhook: an image and its state's time; null for tests. */
    occurrence: text(),
    /** The body, the same bytes in each attempt. */
    payload: text().notNull(),
    state: text().$type<DeliveryState>().notNull(),
    attempts: integer().notNull(),
    /** When the next attempt is due. */
    dueAt: integer("due_at").notNull(),
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    createdAt: integer("created_at").notNull(),
    endedAt: integer("ended_at"),
  },
  (table) => [
    index("webhook_deliveries_by_id").on(table.webhookId, table.id),
    uniqueIndex("webhook_deliveries_by_occurrence")
      .on(table.webhookId, table.occurrence)
      .where(sql`occurrence IS NOT NULL`),
    index("webhook_deliveries_due")
      .on(table.dueAt)
      .where(sql`state = 'waiting'`),
    index("webhook_deliveries_ended")
      .on(table.endedAt)
      .where(sql`ended_at IS NOT NULL`),
  ],
);
