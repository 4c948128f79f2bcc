import { createRoute, z } from "@hono/zod-openapi";
import { createSiteKey } from "../../services/orgs/site-keys.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "./schemas.ts";
import { NewSiteKeySchema, SiteKeySchema, siteKeyWire } from "./site-key-schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/site-keys",
  operationId: "createSiteKey",
  tags: ["Organisations"],
  summary: "Create a site key",
  description:
    "For the script of public pages: it is no secret, sends events and reads nothing. At most 50 that are not revoked.",
  ...needs("keys:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam }), body: jsonInput(NewSiteKeySchema) },
  responses: {
    201: jsonBody(SiteKeySchema, "Created"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerCreateSiteKey(app: App): void {
  app.openapi(route, async (c) => {
    const key = await createSiteKey(ctxOf(c), { ...c.req.valid("json"), ...c.req.valid("param") });
    const headers = { ...NO_STORE, Location: `/v1/orgs/${key.orgId}/site-keys/${key.id}` };
    return c.json(siteKeyWire(key), 201, headers);
  });
}
