import { createRoute, z } from "@hono/zod-openapi";
import { takeEvents } from "../../services/events/take-events.ts";
import { budget } from "../budget.ts";
import { readJson } from "../products/documented-body.ts";
import { type App, ctxOf, jsonBody, needs, orgChoice, OWN_IDS, problems } from "../openapi.ts";
import { bodyNamed, EventsResultSchema } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/events",
  operationId: "postEvents",
  tags: ["Events"],
  summary: "Record what users did",
  description:
    "1 to 1,000 events in at most 1 MB. Each is taken or rejected by itself. An `id` counts once, for ever: sent again with " +
    "the same content it is a duplicate, with other content it is rejected and the first holds. Order does not matter. Events " +
    "of the last 30 days are taken, and at most 5 minutes ahead of the server's clock.",
  ...needs("events:write"),
  ...budget({ messages: 1, cpu: "medium" }),
  ...OWN_IDS,
  request: { query: z.object({ org: orgChoice }), body: bodyNamed("EventsInput", ["application/json"]) },
  responses: {
    202: jsonBody(EventsResultSchema, "Durable, and counted soon"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerPostEvents(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("query");
    return c.json(await takeEvents(ctxOf(c), { org, body: await readJson(c) }), 202);
  });
}
