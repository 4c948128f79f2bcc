import { createRoute, z } from "@hono/zod-openapi";
import { MAX_NAME_PREFIX, MIN_NAME_PREFIX } from "../../services/friends/limits.ts";
import { findPeople } from "../../services/friends/people.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, problems, rateClass, SIGNED_IN } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { FoundPersonSchema, foundPersonWire } from "./schemas.ts";

const q = z
  .string()
  .max(200)
  .openapi({
    description: `How a name begins, in ${MIN_NAME_PREFIX} to ${MAX_NAME_PREFIX} characters, whatever their case`,
    example: "ada",
  });

const limit = z
  .string()
  .regex(/^(?:[1-9]|1\d|20)$/, "Expected a whole number from 1 to 20")
  .default("10")
  .transform(Number)
  .openapi({ type: "integer", minimum: 1, maximum: 20, default: 10, description: "People at most" });

const FoundPeopleSchema = z.object({ items: z.array(FoundPersonSchema) }).openapi("FoundPeople");

export const route = createRoute({
  method: "get",
  path: "/v1/users",
  operationId: "findPeople",
  tags: ["Feed"],
  summary: "Find people by how their name begins",
  description:
    "In the order of their names, without yourself, who blocks you and whom you block. There are no further pages: more " +
    "letters find fewer people.",
  ...SIGNED_IN,
  ...budget(),
  // Who pages through all prefixes would read everybody's name.
  ...rateClass("sensitive"),
  request: { query: z.object({ q, limit }) },
  responses: { 200: jsonBody(FoundPeopleSchema, "The first of them"), ...problems(400, 403, 422, 503) },
});

export function registerFindPeople(app: App): void {
  app.openapi(route, async (c) => {
    const people = await findPeople(ctxOf(c), c.req.valid("query"));
    return c.json({ items: people.map(foundPersonWire) }, 200, NO_STORE);
  });
}
