import type { Deps } from "../../deps.ts";
import type { MetricsFlush } from "../../domain/metrics/flush.ts";

type PushCtx = Pick<Deps, "isolate" | "metricsHub" | "log">;
type FlushCtx = PushCtx & Pick<Deps, "lifetime">;

/** Between two flushes of an isolate where pushing costs nothing; else the hub says. */
const MIN_INTERVAL_MS = 1_000;
const COMPLAINT_MS = 60_000;

/**
 * After the response: one flush at a time for an isolate, which waits for more to come. What is cut off with the request
 * goes with a later flush; what is cut off with the isolate is lost, a few seconds of it.
 */
export function flushMetrics(ctx: FlushCtx): void {
  const { metrics } = ctx.isolate;
  const { waitMs } = ctx.metricsHub;
  if (!metrics.isDue(Math.max(MIN_INTERVAL_MS, waitMs))) return;
  metrics.begin();
  ctx.lifetime.defer(waitMs === 0 ? pushMetrics(ctx) : later(waitMs).then(() => pushMetrics(ctx)));
}

/**
 * Hands over what has been counted; after one that had failed before, what came since. Never throws: metrics are not worth
 * a request.
 */
export async function pushMetrics(ctx: PushCtx): Promise<void> {
  gaugeIndex(ctx);
  for (let turn = 0; turn < 2; turn++) {
    const flush = ctx.isolate.metrics.take();
    if (flush === null || !(await push(ctx, flush))) return;
  }
}

/** How the isolate stands at this moment. */
function gaugeIndex({ isolate }: Pick<Deps, "isolate">): void {
  const { metrics, index } = isolate;
  metrics.gauge("index_loaded", {}, index.snapshot === null ? 0 : 1);
  if (index.snapshot === null || index.manifest === null) return;
  metrics.gauge("index_generation", {}, index.manifest.generation);
  metrics.gauge("index_documents", {}, index.snapshot.liveCount);
}

async function push({ isolate, metricsHub, log }: PushCtx, flush: MetricsFlush): Promise<boolean> {
  const { metrics } = isolate;
  try {
    await metricsHub.push(flush);
    metrics.arrived(flush.seq);
    return true;
  } catch (error) {
    metrics.failed(flush.seq);
    if (metrics.mayComplain(COMPLAINT_MS)) log.warn("metrics_not_flushed", { error: String(error) });
    return false;
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
