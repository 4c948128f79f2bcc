import { createRoute, z } from "@hono/zod-openapi";
import { getOrg } from "../../services/orgs/orgs.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam, OrgSchema, orgWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}",
  operationId: "getOrg",
  tags: ["Organisations"],
  summary: "Read an organisation",
  ...needs("org:read"),
  ...budget(),
  request: { params: z.object({ org: orgParam }) },
  responses: { 200: jsonBody(OrgSchema, "The organisation"), ...problems(400, 403, 404, 503) },
});

export function registerGetOrg(app: App): void {
  app.openapi(route, async (c) => {
    const org = await getOrg(ctxOf(c), c.req.valid("param").org);
    return c.json(orgWire(org), 200, NO_STORE);
  });
}
