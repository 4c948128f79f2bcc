import { createRoute } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import { rotateSecret } from "../../services/webhooks/webhooks.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { RotatedSecretSchema, webhookParams } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/webhooks/{id}/secret",
  operationId: "rotateWebhookSecret",
  tags: ["Webhooks"],
  summary: "Make a new secret",
  description:
    "For a day messages carry both signatures, so that no receiver need change at the same moment. Making another within " +
    "that day drops the older of the two.",
  ...needs("webhooks:write"),
  ...budget(),
  request: { params: webhookParams },
  responses: {
    200: jsonBody(RotatedSecretSchema, "The new secret, shown this once"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerRotateSecret(app: App): void {
  app.openapi(route, async (c) => {
    const { secret, oldUntil } = await rotateSecret(ctxOf(c), c.req.valid("param"));
    return c.json({ secret, old_secret_until: toRfc3339(oldUntil) }, 200, NO_STORE);
  });
}
