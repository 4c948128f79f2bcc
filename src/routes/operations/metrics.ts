import { createRoute, z } from "@hono/zod-openapi";
import { metricsText } from "../../services/operations/metrics-text.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, OPERATOR_ONLY, problems } from "../openapi.ts";

const TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

const route = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "scrapeMetrics",
  tags: ["Operations"],
  summary: "Metrics for Prometheus",
  description: "Of all isolates, in the text format 0.0.4. Scrape it with the operator key as bearer token.",
  ...OPERATOR_ONLY,
  ...budget(),
  responses: {
    200: { description: "The metrics", content: { "text/plain": { schema: z.string() } } },
    ...problems(403),
  },
});

export function registerMetrics(app: App): void {
  app.openapi(route, async (c) => {
    const text = await metricsText(ctxOf(c));
    return c.text(text, 200, { "Content-Type": TEXT_FORMAT, "Cache-Control": "no-store" });
  });
}
