import { createRoute, z } from "@hono/zod-openapi";
import { redeliver } from "../../services/webhooks/deliveries.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, problems, rateClass } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { DeliverySchema, deliveryWire, webhookParams } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/webhooks/{id}/deliveries/{delivery}/redeliver",
  operationId: "redeliverWebhook",
  tags: ["Webhooks"],
  summary: "Send a message again",
  description: "With the same id and body: from the first attempt where it had ended, else at once.",
  ...needs("webhooks:write"),
  ...budget({ trips: 2, messages: 1 }),
  ...rateClass("sensitive"),
  request: { params: webhookParams.extend({ delivery: z.string().min(1).max(100) }) },
  responses: {
    202: jsonBody(DeliverySchema, "The message, which is on its way"),
    ...problems(400, 403, 404, 409, 503),
  },
});

export function registerRedeliver(app: App): void {
  app.openapi(route, async (c) => {
    return c.json(deliveryWire(await redeliver(ctxOf(c), c.req.valid("param"))), 202, NO_STORE);
  });
}
