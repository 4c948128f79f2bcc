import { createRoute, z } from "@hono/zod-openapi";
import { identifyUser } from "../../services/analytics/org-users-write.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";
import { UserSchema } from "./schemas.ts";

const IdentitySchema = z
  .strictObject({ name: z.string().openapi({ description: "1 to 200 characters", example: "Ada Lovelace" }) })
  .openapi("OrgUserIdentity");

export const route = createRoute({
  method: "put",
  path: "/v1/orgs/{org}/users/{user}",
  operationId: "putOrgUser",
  tags: ["Analytics"],
  summary: "Name a user of an organisation",
  description:
    "Whom no event has named yet is listed from now on. A newer event with another name replaces it.",
  ...needs("events:write"),
  ...budget(),
  request: {
    params: z.object({
      org: orgParam,
      user: z
        .string()
        .openapi({ description: "As events name the user, at most 200 characters", example: "u-7" }),
    }),
    body: jsonInput(IdentitySchema),
  },
  responses: {
    200: jsonBody(UserSchema, "The user"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerPutUser(app: App): void {
  app.openapi(route, async (c) => {
    const { org, user } = c.req.valid("param");
    const identified = await identifyUser(ctxOf(c), { org, id: user, ...c.req.valid("json") });
    return c.json(identified, 200, NO_STORE);
  });
}
