import { createRoute, z } from "@hono/zod-openapi";
import { revokeApiKey } from "../../services/orgs/api-keys.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/orgs/{org}/api-keys/{id}",
  operationId: "revokeApiKey",
  tags: ["Organisations"],
  summary: "Revoke an API key",
  description: "It is refused everywhere within 30 s. Revoking again changes nothing.",
  ...needs("keys:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam, id: z.string().min(1).max(100) }) },
  responses: { 204: { description: "Revoked" }, ...problems(400, 403, 404, 503) },
});

export function registerRevokeApiKey(app: App): void {
  app.openapi(route, async (c) => {
    await revokeApiKey(ctxOf(c), c.req.valid("param"));
    return c.body(null, 204);
  });
}
