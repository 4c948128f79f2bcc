import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { MINUTE_MS } from "../../domain/metrics/flush.ts";
import type { MetricsOverview } from "../../domain/metrics/overview.ts";
import type { QueueBacklog } from "../../ports/queues.ts";
import { type Deployment, readDeployment } from "./deployment.ts";
import { pushMetrics } from "./flush-metrics.ts";
import { partOrNull } from "./parts.ts";

export type MetricsCtx = Ctx<"db" | "isolate" | "metricsHub" | "queues" | "clock" | "log">;

export interface IsolatesMetrics extends MetricsOverview {
  /** The isolate that answers. */
  isolate: { id: string; started_at: number; uptime_seconds: number };
  /** `null` where the platform does not tell. */
  queues: QueueBacklog[] | null;
}

export interface OperatorMetrics extends IsolatesMetrics, Deployment {}

/**
 * The last `minutes` of all isolates, this one's up to now: one round trip to the database, two to the hub, one to each
 * queue.
 */
export async function metricsOverview(ctx: MetricsCtx, span: { minutes: number }): Promise<OperatorMetrics> {
  requireOperator(ctx.actor);
  const [metrics, deployment] = await Promise.all([isolatesOverview(ctx, span), readDeployment(ctx)]);
  return { ...metrics, ...deployment };
}

/** As `metricsOverview`, without what the database knows: for while it is away. */
export async function isolatesOverview(
  ctx: Omit<MetricsCtx, "db">,
  { minutes }: { minutes: number },
): Promise<IsolatesMetrics> {
  requireOperator(ctx.actor);
  const until = ctx.clock.now();
  const [overview, queues] = await Promise.all([
    readOverview(ctx, { since: until - (minutes - 1) * MINUTE_MS, until }),
    partOrNull(ctx, "queues", () => ctx.queues.backlog()),
  ]);
  const { id, startedAt } = ctx.isolate.metrics.isolate;
  const isolate = { id, started_at: startedAt, uptime_seconds: (until - startedAt) / 1_000 };
  return { ...overview, queues, isolate };
}

async function readOverview(
  ctx: Omit<MetricsCtx, "db">,
  range: { since: number; until: number },
): Promise<MetricsOverview> {
  const overview = await partOrNull(ctx, "metrics", async () => {
    await pushMetrics(ctx);
    return ctx.metricsHub.overview(range);
  });
  if (overview === null) throw new AppError("unavailable", "The metrics of the isolates cannot be read");
  return overview;
}
