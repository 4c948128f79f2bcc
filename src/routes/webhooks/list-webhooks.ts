import { createRoute, z } from "@hono/zod-openapi";
import { listWebhooks } from "../../services/webhooks/webhooks.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";
import { WebhookSchema, webhookWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/webhooks",
  operationId: "listWebhooks",
  tags: ["Webhooks"],
  summary: "The webhooks of an organisation, the oldest first",
  ...needs("webhooks:write"),
  ...budget(),
  request: {
    params: z.object({ org: orgParam }),
    query: z.object({ limit: limitParam(), cursor: cursorParam }),
  },
  responses: {
    200: jsonBody(listOf("WebhookList", WebhookSchema), "A page of webhooks, without their secrets"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListWebhooks(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listWebhooks(ctxOf(c), c.req.valid("param").org, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(webhookWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
