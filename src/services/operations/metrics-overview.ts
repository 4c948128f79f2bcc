import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { MINUTE_MS } from "../../domain/metrics/flush.ts";
import type { MetricsOverview } from "../../domain/metrics/overview.ts";
import { type Deployment, readDeployment } from "./deployment.ts";
import { pushMetrics } from "./flush-metrics.ts";

export type MetricsCtx = Ctx<"db" | "isolate" | "metricsHub" | "clock" | "log">;

export interface OperatorMetrics extends MetricsOverview, Deployment {
  /** The isolate that answers. */
  isolate: { id: string; started_at: number; uptime_seconds: number };
}

/** The last `minutes` of all isolates, this one's up to now: one round trip to the database, two to the hub. */
export async function metricsOverview(
  ctx: MetricsCtx,
  { minutes }: { minutes: number },
): Promise<OperatorMetrics> {
  requireOperator(ctx.actor);
  await pushMetrics(ctx);
  const until = ctx.clock.now();
  const [overview, deployment] = await Promise.all([
    readOverview(ctx, { since: until - (minutes - 1) * MINUTE_MS, until }),
    readDeployment(ctx),
  ]);
  const { id, startedAt } = ctx.isolate.metrics.isolate;
  const isolate = { id, started_at: startedAt, uptime_seconds: (until - startedAt) / 1_000 };
  return { ...overview, ...deployment, isolate };
}

async function readOverview(
  ctx: MetricsCtx,
  range: { since: number; until: number },
): Promise<MetricsOverview> {
  try {
    return await ctx.metricsHub.overview(range);
  } catch (error) {
    throw new AppError("unavailable", "The metrics of the isolates cannot be read", error);
  }
}
