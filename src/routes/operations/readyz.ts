import { createRoute, z } from "@hono/zod-openapi";
import { checkReadiness } from "../../services/operations/readiness.ts";
import { budget } from "../budget.ts";
import { jsonBody, PUBLIC } from "../openapi.ts";
import type { App } from "../openapi.ts";

const CheckSchema = z.object({ ok: z.boolean(), ms: z.number().min(0) }).openapi("Check");

const ReadinessSchema = z
  .object({
    ready: z.boolean(),
    checks: z.object({
      database: CheckSchema,
      index: CheckSchema.extend({ version: z.string().nullable() }).openapi("IndexCheck"),
      queue: CheckSchema,
    }),
  })
  .openapi("Readiness");

const route = createRoute({
  ...PUBLIC,
  ...budget({ trips: 2, cold: { blobs: 16 } }),
  method: "get",
  path: "/readyz",
  operationId: "getReadiness",
  tags: ["Operations"],
  summary: "Whether requests can be served",
  description:
    "Asks the database, loads the search index where this isolate has none yet, and looks how long jobs have waited for " +
    "the queue. A late queue is told but does not make the answer a 503.",
  responses: {
    200: jsonBody(ReadinessSchema, "The database answers and an index is loaded"),
    503: jsonBody(ReadinessSchema, "The database or the index is not there"),
  },
});

export function registerReadyz(app: App): void {
  app.openapi(route, async (c) => {
    const readiness = await checkReadiness(c.env);
    c.header("Cache-Control", "no-store");
    if (readiness.ready) return c.json(readiness, 200);
    c.header("Retry-After", "1");
    return c.json(readiness, 503);
  });
}
