/** What an organisation can be told of. */
export const WEBHOOK_EVENTS = ["image.ready", "image.failed"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The `type` of a message: an event, or a test that its organisation asked for. */
export type MessageType = WebhookEvent | "webhook.test";

export const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
