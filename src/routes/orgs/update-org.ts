import { createRoute, z } from "@hono/zod-openapi";
import { updateOrg } from "../../services/orgs/orgs.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { name, orgParam, OrgSchema, orgWire, slug } from "./schemas.ts";

const OrgChangeSchema = z
  .strictObject({ name: name.optional(), slug: slug.optional() })
  .openapi("OrganisationChange", { example: { name: "Acme Lamps" } });

export const route = createRoute({
  method: "patch",
  path: "/v1/orgs/{org}",
  operationId: "updateOrg",
  tags: ["Organisations"],
  summary: "Rename an organisation",
  description: "Its old slug leads nowhere and may be taken by others; ids stay.",
  ...needs("org:write"),
  ...budget(),
  request: { params: z.object({ org: orgParam }), body: jsonInput(OrgChangeSchema) },
  responses: {
    200: jsonBody(OrgSchema, "The organisation as it is now"),
    ...problems(400, 403, 404, 409, 413, 415, 422, 503),
  },
});

export function registerUpdateOrg(app: App): void {
  app.openapi(route, async (c) => {
    const org = await updateOrg(ctxOf(c), { ...c.req.valid("json"), ...c.req.valid("param") });
    return c.json(orgWire(org), 200);
  });
}
