import { createRoute } from "@hono/zod-openapi";
import { updateWebhook } from "../../services/webhooks/webhooks.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { webhookParams, WebhookSchema, WebhookUpdateSchema, webhookWire } from "./schemas.ts";

export const route = createRoute({
  method: "patch",
  path: "/v1/orgs/{org}/webhooks/{id}",
  operationId: "updateWebhook",
  tags: ["Webhooks"],
  summary: "Change, disable or enable a webhook",
  description:
    "What is not given stays. While it is disabled nothing is sent; what happens meanwhile is not told later. Messages " +
    "that wait go to the new address.",
  ...needs("webhooks:write"),
  ...budget(),
  request: { params: webhookParams, body: jsonInput(WebhookUpdateSchema) },
  responses: {
    200: jsonBody(WebhookSchema, "The webhook as it is now"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerUpdateWebhook(app: App): void {
  app.openapi(route, async (c) => {
    const webhook = await updateWebhook(ctxOf(c), { ...c.req.valid("json"), ...c.req.valid("param") });
    return c.json(webhookWire(webhook), 200, NO_STORE);
  });
}
