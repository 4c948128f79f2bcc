import { createRoute, z } from "@hono/zod-openapi";
import { startRecount } from "../../services/analytics/recount-jobs.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, OPERATOR_ONLY, problems } from "../openapi.ts";

const RecountSchema = z
  .strictObject({
    org: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .openapi({ description: "Id or slug; all that have events if left out" }),
  })
  .openapi("Recount");

export const route = createRoute({
  method: "post",
  path: "/v1/admin/analytics/recount",
  operationId: "recountAnalytics",
  tags: ["Operations"],
  summary: "Recount what is derived from events, and repair what differs",
  description:
    "Jobs go through users, days and months in small steps. What they find is at `/v1/admin/analytics/drift`.",
  ...OPERATOR_ONLY,
  ...budget({ trips: 2, messages: 2 }),
  request: { body: jsonInput(RecountSchema) },
  responses: {
    202: jsonBody(z.object({ organisations: z.int() }).openapi("RecountStarted"), "The recount is under way"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerRecountAnalytics(app: App): void {
  app.openapi(route, async (c) => {
    const { org = null } = c.req.valid("json");
    return c.json(await startRecount(ctxOf(c), org), 202);
  });
}
