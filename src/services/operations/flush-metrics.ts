import type { Deps } from "../../deps.ts";
import type { MetricsFlush } from "../../domain/metrics/flush.ts";

type PushCtx = Pick<Deps, "isolate" | "metricsHub" | "log" | "clock">;
type FlushCtx = PushCtx & Pick<Deps, "lifetime">;

/** Between two flushes of an isolate where pushing costs nothing; else the hub says. */
const MIN_INTERVAL_MS = 1_000;
const BREAKER_STATES = { closed: 0, "half-open": 1, open: 2 } as const;
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
  gaugeIsolate(ctx);
  for (let turn = 0; turn < 2; turn++) {
    const flush = ctx.isolate.metrics.take();
    if (flush === null || !(await push(ctx, flush))) return;
  }
}

/** How the isolate stands at this moment. */
function gaugeIsolate({ isolate, clock }: Pick<Deps, "isolate" | "clock">): void {
  const { metrics, index, breakers } = isolate;
  let missing = 0;
  for (const [breaker, held] of Object.entries(breakers)) {
    const state = BREAKER_STATES[held.state(clock.now())];
    metrics.gauge("breaker_state", { breaker }, state);
    if (state > 0) missing++;
  }
  metrics.gauge("brownout_level", {}, missing);
  const { snapshot, manifest, seq, behind } = index;
  const isLoaded = snapshot !== null;
  metrics.gauge("index_loaded", {}, isLoaded ? 1 : 0);
  metrics.gauge("index_generation", {}, isLoaded ? (manifest?.generation ?? 0) : null);
  metrics.gauge("index_change", {}, isLoaded ? seq : null);
  metrics.gauge("index_behind", {}, isLoaded && behind ? 1 : 0);
  metrics.gauge("index_documents", {}, isLoaded ? snapshot.liveCount : null);
}

async function push({ isolate, metricsHub, log }: PushCtx, flush: MetricsFlush): Promise<boolean> {
  const { metrics } = isolate;
  try {
    await metricsHub.push(flush);
    metrics.arrived(flush.seq);
    return true;
  } catch (error) {
    metrics.failed(flush.seq);
    if (metrics.mayComplain("hub", COMPLAINT_MS)) log.warn("metrics_not_flushed", { error: String(error) });
    return false;
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
