import { createRoute } from "@hono/zod-openapi";
import { sendTest } from "../../services/webhooks/deliveries.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, problems, rateClass } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { DeliverySchema, deliveryWire, webhookParams } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/webhooks/{id}/test",
  operationId: "testWebhook",
  tags: ["Webhooks"],
  summary: "Send a test message",
  description: "Of type `webhook.test`, signed, delivered and retried as any other.",
  ...needs("webhooks:write"),
  ...budget({ trips: 2, messages: 1 }),
  ...rateClass("sensitive"),
  request: { params: webhookParams },
  responses: {
    202: jsonBody(DeliverySchema, "The message, which is on its way"),
    ...problems(400, 403, 404, 409, 503),
  },
});

export function registerTestWebhook(app: App): void {
  app.openapi(route, async (c) => {
    return c.json(deliveryWire(await sendTest(ctxOf(c), c.req.valid("param"))), 202, NO_STORE);
  });
}
