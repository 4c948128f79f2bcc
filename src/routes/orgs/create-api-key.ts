import { createRoute, z } from "@hono/zod-openapi";
import { createApiKey } from "../../services/orgs/api-keys.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { apiKeyWire, CreatedApiKeySchema, NewApiKeySchema, NO_STORE, orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/api-keys",
  operationId: "createApiKey",
  tags: ["Organisations"],
  summary: "Create an API key",
  description: "At most 50 that are not revoked. A person can give it no scope that their role lacks.",
  ...needs("keys:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam }), body: jsonInput(NewApiKeySchema) },
  responses: {
    201: jsonBody(CreatedApiKeySchema, "Created; the key is shown this once"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerCreateApiKey(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("param");
    const { secret, ...key } = await createApiKey(ctxOf(c), { org, ...c.req.valid("json") });
    const headers = { ...NO_STORE, Location: `/v1/orgs/${key.orgId}/api-keys/${key.id}` };
    return c.json({ ...apiKeyWire(key), key: secret }, 201, headers);
  });
}
