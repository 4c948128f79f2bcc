import { createRoute, z } from "@hono/zod-openapi";
import { createOrg } from "../../services/orgs/orgs.ts";
import { type App, ctxOf, jsonBody, jsonInput, OPERATOR_ONLY, problems } from "../openapi.ts";
import { name, OrgSchema, orgWire } from "./schemas.ts";

const NewOrgSchema = z
  .strictObject({
    name,
    slug: z.string().openapi({
      description: "1 to 63 small letters, digits and inner hyphens; unique",
      example: "acme",
    }),
  })
  .openapi("NewOrganisation");

export const route = createRoute({
  method: "post",
  path: "/v1/orgs",
  operationId: "createOrg",
  tags: ["Organisations"],
  summary: "Create an organisation",
  ...OPERATOR_ONLY,
  request: { body: jsonInput(NewOrgSchema) },
  responses: { 201: jsonBody(OrgSchema, "Created"), ...problems(400, 403, 409, 413, 415, 422, 503) },
});

export function registerCreateOrg(app: App): void {
  app.openapi(route, async (c) => {
    const org = await createOrg(ctxOf(c), c.req.valid("json"));
    return c.json(orgWire(org), 201, { Location: `/v1/orgs/${org.id}` });
  });
}
