import { requireOperator } from "../../domain/access.ts";
import type { MetricsTotals } from "../../ports/metrics.ts";
import type { QueueBacklog } from "../../ports/queues.ts";
import { type Deployment, readDeployment } from "./deployment.ts";
import { pushMetrics } from "./flush-metrics.ts";
import type { MetricsCtx } from "./metrics-overview.ts";
import { partOrNull } from "./parts.ts";
import { collectedFamilies, family } from "./prometheus-text.ts";
import { statementFamilies } from "./statement-families.ts";

/**
 * All metrics in Prometheus' text format 0.0.4. What cannot be had is left out and told as `vitrine_up 0`, since an operator
 * needs the rest then most of all.
 */
export async function metricsText(ctx: MetricsCtx): Promise<string> {
  requireOperator(ctx.actor);
  const [totals, deployment, queues] = await Promise.all([
    partOrNull(ctx, "metrics", () => readTotals(ctx)),
    partOrNull(ctx, "database", () => readDeployment(ctx)),
    partOrNull(ctx, "queues", () => ctx.queues.backlog()),
  ]);
  const now = ctx.clock.now();
  const families = [
    family("vitrine_up", { type: "gauge", help: "Whether a part that metrics are read from answers" }, [
      { labels: { part: "metrics" }, value: totals === null ? 0 : 1 },
      { labels: { part: "database" }, value: deployment === null ? 0 : 1 },
      { labels: { part: "queues" }, value: queues === null ? 0 : 1 },
    ]),
    ...(totals === null ? [] : hubFamilies(totals)),
    ...(deployment === null ? [] : deploymentFamilies(deployment, now)),
    ...(queues === null ? [] : queueFamilies(queues, now)),
  ];
  return `${families.join("\n")}\n`;
}

/** With what this isolate has counted up to now. */
async function readTotals(ctx: MetricsCtx): Promise<MetricsTotals> {
  await pushMetrics(ctx);
  return ctx.metricsHub.totals();
}

function hubFamilies({ since, isolates, series, gauges }: MetricsTotals): string[] {
  return [
    gauge("vitrine_isolates", "Isolates heard of in the last five minutes", isolates),
    gauge("vitrine_metrics_start_time_seconds", "Since when counters count, in Unix time", since / 1_000),
    ...collectedFamilies({ ...series, gauges }),
    ...statementFamilies(series.statements),
  ];
}

function queueFamilies(queues: readonly QueueBacklog[], now: number): string[] {
  const samples = (shown: readonly QueueBacklog[], valueOf: (backlog: QueueBacklog) => number) =>
    shown.map((backlog) => ({ labels: { queue: backlog.queue }, value: valueOf(backlog) }));
  const known = queues.filter(({ messages, oldestAt }) => messages === 0 || oldestAt !== null);
  return [
    family(
      "vitrine_queue_messages",
      { type: "gauge", help: "Messages that wait in a queue" },
      samples(queues, ({ messages }) => messages),
    ),
    family(
      "vitrine_queue_oldest_age_seconds",
      { type: "gauge", help: "Age of the oldest that is due" },
      samples(known, ({ oldestAt }) => ageSeconds(oldestAt, now)),
    ),
  ];
}

function deploymentFamilies({ queue, index }: Deployment, now: number): string[] {
  const pendingAge = ageSeconds(index.oldest_pending_at, now);
  return [
    gauge("vitrine_outbox_jobs", "Jobs not yet handed to the queue, up to 10,000", queue.outbox),
    gauge("vitrine_outbox_oldest_age_seconds", "Age of the oldest of them", ageSeconds(queue.oldest_at, now)),
    gauge("vitrine_dead_letters", "Jobs that failed for good and wait, up to 10,000", queue.dead_letters),
    gauge("vitrine_index_published_generation", "Generation of the search index", index.generation),
    gauge("vitrine_index_published_documents", "Products in its segments", index.documents),
    gauge("vitrine_index_latest_change", "Number of the catalogue's last change", index.latest_seq),
    gauge("vitrine_index_pending_changes", "Products changed since, up to 10,000", index.pending),
    gauge("vitrine_index_pending_age_seconds", "Age of the oldest of these changes", pendingAge),
  ];
}

function ageSeconds(at: number | null, now: number): number {
  return at === null ? 0 : Math.max(0, now - at) / 1_000;
}

function gauge(name: string, help: string, value: number): string {
  return family(name, { type: "gauge", help }, [{ labels: {}, value }]);
}
