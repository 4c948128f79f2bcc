import { createRoute, z } from "@hono/zod-openapi";
import { recordClick } from "../../services/experiments/outcomes.ts";
import { MAX_QUERY_ID } from "../../services/experiments/query-id.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonInput, problems, PUBLIC, rateClass } from "../openapi.ts";

const ClickSchema = z
  .strictObject({
    query_id: z.string().min(1).max(MAX_QUERY_ID).openapi({ description: "The answer's `Query-Id`" }),
    product_id: z.string().min(1).max(200).openapi({ description: "What was opened" }),
    position: z.int().min(0).max(10_000).openapi({ description: "Its place in the list, from 0" }),
  })
  .openapi("SearchClick");

export const route = createRoute({
  method: "post",
  path: "/v1/search/clicks",
  operationId: "recordClick",
  tags: ["Search"],
  summary: "Tell that a result was opened",
  description:
    "For answers that came with a `Query-Id`: those of an experiment whose outcome is a click. Told twice it counts once. Of product and " +
    "place nothing is kept.",
  ...PUBLIC,
  ...rateClass("write"),
  ...budget({ messages: 1 }),
  request: { body: jsonInput(ClickSchema) },
  responses: { 204: { description: "Taken" }, ...problems(400, 413, 415, 422, 503) },
});

export function registerRecordClick(app: App): void {
  app.openapi(route, async (c) => {
    await recordClick(ctxOf(c), c.req.valid("json").query_id);
    return c.body(null, 204);
  });
}
