/** What an organisation can be told of. */
export const WEBHOOK_EVENTS = ["image.ready", "image.failed"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
