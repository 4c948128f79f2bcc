import { createRoute } from "@hono/zod-openapi";
import { deleteWebhook } from "../../services/webhooks/webhooks.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { webhookParams } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/orgs/{org}/webhooks/{id}",
  operationId: "deleteWebhook",
  tags: ["Webhooks"],
  summary: "Delete a webhook",
  description: "With its deliveries; messages that wait are not sent any more.",
  ...needs("webhooks:write"),
  ...budget(),
  request: { params: webhookParams },
  responses: { 204: { description: "Deleted" }, ...problems(400, 403, 404, 503) },
});

export function registerDeleteWebhook(app: App): void {
  app.openapi(route, async (c) => {
    await deleteWebhook(ctxOf(c), c.req.valid("param"));
    return c.body(null, 204);
  });
}
