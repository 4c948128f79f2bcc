import { createRoute, z } from "@hono/zod-openapi";
import { rfc3339OrNull, toRfc3339 } from "../../domain/time.ts";
import type { QueueBacklog } from "../../ports/queues.ts";
import { metricsOverview, type OperatorMetrics } from "../../services/operations/metrics-overview.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";
import { MetricsSchema } from "./metrics-schema.ts";

const minutes = z
  .string()
  .regex(/^(?:[1-9]\d?|1[0-7]\d|180)$/, "Expected a whole number from 1 to 180")
  .default("60")
  .transform(Number)
  .openapi({ type: "integer", minimum: 1, maximum: 180, default: 60, description: "How far back" });

export const route = createRoute({
  method: "get",
  path: "/v1/admin/metrics",
  operationId: "readMetrics",
  tags: ["Operations"],
  summary: "What the deployment did in the last minutes",
  description: "Of all isolates, at most seconds old; the same for Prometheus is at `GET /metrics`.",
  ...OPERATOR_ONLY,
  ...budget({ cpu: "medium" }),
  request: { query: z.object({ minutes }) },
  responses: { 200: jsonBody(MetricsSchema, "The figures"), ...problems(400, 403, 503) },
});

function backlogToWire({ queue, messages, oldestAt }: QueueBacklog) {
  return { queue, messages, oldest_at: rfc3339OrNull(oldestAt) };
}

function toWire(metrics: OperatorMetrics): z.input<typeof MetricsSchema> {
  const { isolate, isolates, series, queue, queues, index } = metrics;
  return {
    ...metrics,
    since: toRfc3339(metrics.since),
    until: toRfc3339(metrics.until),
    isolate: { ...isolate, started_at: toRfc3339(isolate.started_at) },
    isolates: { ...isolates, oldest_started_at: rfc3339OrNull(isolates.oldest_started_at) },
    series: { ...series, times: series.times.map(toRfc3339) },
    queue: { ...queue, oldest_at: rfc3339OrNull(queue.oldest_at) },
    queues: queues === null ? null : queues.map(backlogToWire),
    index: {
      ...index,
      built_at: rfc3339OrNull(index.built_at),
      oldest_pending_at: rfc3339OrNull(index.oldest_pending_at),
      newest_change_at: rfc3339OrNull(index.newest_change_at),
    },
  };
}

export function registerReadMetrics(app: App): void {
  app.openapi(route, async (c) => {
    const metrics = await metricsOverview(ctxOf(c), c.req.valid("query"));
    return c.json(toWire(metrics), 200, { "Cache-Control": "no-store" });
  });
}
