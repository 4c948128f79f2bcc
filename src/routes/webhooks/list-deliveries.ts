import { createRoute, z } from "@hono/zod-openapi";
import { listDeliveries } from "../../services/webhooks/deliveries.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, needs, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { DeliverySchema, deliveryWire, webhookParams } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/webhooks/{id}/deliveries",
  operationId: "listWebhookDeliveries",
  tags: ["Webhooks"],
  summary: "A webhook's messages and how far they got, the newest first",
  description: "Those that ended are kept for 30 days.",
  ...needs("webhooks:write"),
  ...budget(),
  request: { params: webhookParams, query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("WebhookDeliveryList", DeliverySchema), "A page of messages"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListDeliveries(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listDeliveries(ctxOf(c), c.req.valid("param"), { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(deliveryWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
