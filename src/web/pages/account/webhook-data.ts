import type { DeliveryState, MessageType, WebhookEvent } from "../../../domain/webhook.ts";

export interface PageWebhook {
  id: string;
  url: string;
  events: readonly WebhookEvent[];
  createdAt: number;
  disabledAt: number | null;
  disabledReason: string | null;
  failingSince: number | null;
  /** The newest first. */
  deliveries: readonly PageDelivery[];
}

export interface PageDelivery {
  id: string;
  event: MessageType;
  state: DeliveryState;
  attempts: number;
  dueAt: number;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: number;
}
