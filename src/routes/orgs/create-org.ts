import { createRoute, z } from "@hono/zod-openapi";
import { createOrg } from "../../services/orgs/orgs.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, PERSON_OR_OPERATOR, problems } from "../openapi.ts";
import { name, OrgSchema, orgWire, slug } from "./schemas.ts";

const NewOrgSchema = z
  .strictObject({
    name,
    slug,
  })
  .openapi("NewOrganisation");

export const route = createRoute({
  method: "post",
  path: "/v1/orgs",
  operationId: "createOrg",
  tags: ["Organisations"],
  summary: "Create an organisation",
  description:
    "A person becomes its owner, and may belong to 100; one that the operator makes has no owner yet.",
  ...PERSON_OR_OPERATOR,
  ...budget(),
  request: { body: jsonInput(NewOrgSchema) },
  responses: { 201: jsonBody(OrgSchema, "Created"), ...problems(400, 403, 409, 413, 415, 422, 503) },
});

export function registerCreateOrg(app: App): void {
  app.openapi(route, async (c) => {
    const org = await createOrg(ctxOf(c), c.req.valid("json"));
    return c.json(orgWire(org), 201, { Location: `/v1/orgs/${org.id}` });
  });
}
