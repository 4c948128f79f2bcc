import { createRoute, z } from "@hono/zod-openapi";
import { createWebhook } from "../../services/webhooks/webhooks.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";
import { CreatedWebhookSchema, NewWebhookSchema, webhookWire } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/webhooks",
  operationId: "createWebhook",
  tags: ["Webhooks"],
  summary: "Create a webhook",
  description: "Signed messages are posted to its address as things happen. At most 10 an organisation.",
  ...needs("webhooks:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam }), body: jsonInput(NewWebhookSchema) },
  responses: {
    201: jsonBody(CreatedWebhookSchema, "Created; the secret is shown this once"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerCreateWebhook(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("param");
    const { secret, ...webhook } = await createWebhook(ctxOf(c), { org, ...c.req.valid("json") });
    const headers = { ...NO_STORE, Location: `/v1/orgs/${webhook.orgId}/webhooks/${webhook.id}` };
    return c.json({ ...webhookWire(webhook), secret }, 201, headers);
  });
}
