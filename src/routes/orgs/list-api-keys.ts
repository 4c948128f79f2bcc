import { createRoute, z } from "@hono/zod-openapi";
import { listApiKeys } from "../../services/orgs/api-keys.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, needs, problems } from "../openapi.ts";
import { ApiKeySchema, apiKeyWire, NO_STORE, orgParam } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/api-keys",
  operationId: "listApiKeys",
  tags: ["Organisations"],
  summary: "The API keys of an organisation, the oldest first, revoked ones too",
  ...needs("keys:read"),
  ...budget(),
  request: {
    params: z.object({ org: orgParam }),
    query: z.object({ limit: limitParam(), cursor: cursorParam }),
  },
  responses: {
    200: jsonBody(listOf("ApiKeyList", ApiKeySchema), "A page of keys, without their secrets"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListApiKeys(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listApiKeys(ctxOf(c), c.req.valid("param").org, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(apiKeyWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}
