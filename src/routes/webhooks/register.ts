import type { App } from "../openapi.ts";
import { registerCreateWebhook } from "./create-webhook.ts";
import { registerDeleteWebhook } from "./delete-webhook.ts";
import { registerGetWebhook } from "./get-webhook.ts";
import { registerListDeliveries } from "./list-deliveries.ts";
import { registerListWebhooks } from "./list-webhooks.ts";
import { registerRedeliver } from "./redeliver.ts";
import { registerRotateSecret } from "./rotate-secret.ts";
import { registerTestWebhook } from "./test-webhook.ts";
import { registerUpdateWebhook } from "./update-webhook.ts";

export function registerWebhookRoutes(app: App): void {
  registerCreateWebhook(app);
  registerListWebhooks(app);
  registerGetWebhook(app);
  registerUpdateWebhook(app);
  registerDeleteWebhook(app);
  registerRotateSecret(app);
  registerTestWebhook(app);
  registerListDeliveries(app);
  registerRedeliver(app);
}
