import { createRoute, z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import { OVERLAP_SECONDS, rotateApiKey } from "../../services/orgs/rotate-api-key.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { apiKeyWire, CreatedApiKeySchema, NO_STORE, orgParam } from "./schemas.ts";

const RotationSchema = z
  .strictObject({
    overlap_seconds: z
      .int()
      .min(OVERLAP_SECONDS.min)
      .max(OVERLAP_SECONDS.max)
      .default(OVERLAP_SECONDS.standard)
      .openapi({ description: "How long the old key still holds: a day if left out, at most 30 days" }),
  })
  .openapi("ApiKeyRotation");

const RotatedSchema = CreatedApiKeySchema.extend({
  replaces: z.string().openapi({ description: "The id of the old key" }),
  old_ends_at: z.iso.datetime(),
}).openapi("RotatedApiKey");

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/api-keys/{id}/rotate",
  operationId: "rotateApiKey",
  tags: ["Organisations"],
  summary: "Replace an API key by a new one, with a time in which both hold",
  description:
    "The new key has the name and scopes of the old one, which is refused from `old_ends_at` on, everywhere within 30 s.",
  ...needs("keys:write"),
  ...budget(),
  request: {
    params: z.object({ org: orgParam, id: z.string().min(1).max(100) }),
    body: jsonInput(RotationSchema),
  },
  responses: {
    201: jsonBody(RotatedSchema, "Made; the key is shown this once"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerRotateApiKey(app: App): void {
  app.openapi(route, async (c) => {
    const { org, id } = c.req.valid("param");
    const { overlap_seconds: overlapSeconds } = c.req.valid("json");
    const { secret, oldEndsAt, ...key } = await rotateApiKey(ctxOf(c), { org, id, overlapSeconds });
    const headers = { ...NO_STORE, Location: `/v1/orgs/${key.orgId}/api-keys/${key.id}` };
    const body = { ...apiKeyWire(key), key: secret, replaces: id, old_ends_at: toRfc3339(oldEndsAt) };
    return c.json(body, 201, headers);
  });
}
