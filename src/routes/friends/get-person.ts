import { createRoute } from "@hono/zod-openapi";
import { getPerson } from "../../services/friends/people.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, problems, SIGNED_IN } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { idParam, PersonSchema, personWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/users/{id}",
  operationId: "getPerson",
  tags: ["Feed"],
  summary: "Read a person, and what you are to each other",
  description: "Who blocks you is not there (404).",
  ...SIGNED_IN,
  ...budget(),
  request: { params: idParam },
  responses: { 200: jsonBody(PersonSchema, "The person"), ...problems(400, 403, 404, 503) },
});

export function registerGetPerson(app: App): void {
  app.openapi(route, async (c) => {
    const profile = await getPerson(ctxOf(c), c.req.valid("param").id);
    return c.json(personWire(profile), 200, NO_STORE);
  });
}
