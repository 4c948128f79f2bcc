import { createRoute } from "@hono/zod-openapi";
import { getWebhook } from "../../services/webhooks/webhooks.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { webhookParams, WebhookSchema, webhookWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/webhooks/{id}",
  operationId: "getWebhook",
  tags: ["Webhooks"],
  summary: "A webhook",
  ...needs("webhooks:write"),
  ...budget(),
  request: { params: webhookParams },
  responses: {
    200: jsonBody(WebhookSchema, "The webhook, without its secret"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerGetWebhook(app: App): void {
  app.openapi(route, async (c) => {
    return c.json(webhookWire(await getWebhook(ctxOf(c), c.req.valid("param"))), 200, NO_STORE);
  });
}
