import type { Deps } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import type { MetricsTotals } from "../../ports/metrics.ts";
import { type Deployment, readDeployment } from "./deployment.ts";
import { pushMetrics } from "./flush-metrics.ts";
import type { MetricsCtx } from "./metrics-overview.ts";
import { collectedFamilies, family } from "./prometheus-text.ts";

/**
 * All metrics in Prometheus' text format 0.0.4. What cannot be had is left out and told as `vitrine_up 0`, since an operator
 * needs the rest then most of all.
 */
export async function metricsText(ctx: MetricsCtx): Promise<string> {
  requireOperator(ctx.actor);
  await pushMetrics(ctx);
  const [totals, deployment] = await Promise.all([
    orNull(ctx, "metrics", () => ctx.metricsHub.totals()),
    orNull(ctx, "database", () => readDeployment(ctx)),
  ]);
  const now = ctx.clock.now();
  const families = [
    family("vitrine_up", { type: "gauge", help: "Whether a part that metrics are read from answers" }, [
      { labels: { part: "metrics" }, value: totals === null ? 0 : 1 },
      { labels: { part: "database" }, value: deployment === null ? 0 : 1 },
    ]),
    ...(totals === null ? [] : hubFamilies(totals)),
    ...(deployment === null ? [] : deploymentFamilies(deployment, now)),
  ];
  return `${families.join("\n")}\n`;
}

async function orNull<T>(ctx: Pick<Deps, "log">, part: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    ctx.log.warn("metrics_not_read", { part, error: String(error) });
    return null;
  }
}

function hubFamilies({ since, isolates, series, gauges }: MetricsTotals): string[] {
  return [
    gauge("vitrine_isolates", "Isolates heard of in the last five minutes", isolates),
    gauge("vitrine_metrics_start_time_seconds", "Since when counters count, in Unix time", since / 1_000),
    ...collectedFamilies({ ...series, gauges }),
  ];
}

function deploymentFamilies({ queue, index }: Deployment, now: number): string[] {
  const age = (at: number | null) => (at === null ? 0 : Math.max(0, now - at) / 1_000);
  const pendingAge = age(index.oldest_pending_at);
  return [
    gauge("vitrine_outbox_jobs", "Jobs not yet handed to the queue, up to 10,000", queue.outbox),
    gauge("vitrine_outbox_oldest_age_seconds", "Age of the oldest of them", age(queue.oldest_at)),
    gauge("vitrine_dead_letters", "Jobs that failed for good and wait, up to 10,000", queue.dead_letters),
    gauge("vitrine_index_published_generation", "Generation of the search index", index.generation),
    gauge("vitrine_index_published_documents", "Products in its segments", index.documents),
    gauge("vitrine_index_pending_changes", "Products changed since, up to 10,000", index.pending),
    gauge("vitrine_index_pending_age_seconds", "Age of the oldest of these changes", pendingAge),
  ];
}

function gauge(name: string, help: string, value: number): string {
  return family(name, { type: "gauge", help }, [{ labels: {}, value }]);
}
