import type { Ctx, Deps } from "../../../deps.ts";
import type { MetricsOverview } from "../../../domain/metrics/overview.ts";
import type { RouteLines } from "../../../domain/metrics/series-lines.ts";
import { deadLetterPage } from "../../../services/dead-letters.ts";
import { listExperiments } from "../../../services/experiments/experiments.ts";
import type { Experiment } from "../../../services/experiments/experiments.ts";
import { deploymentState } from "../../../services/operations/deployment.ts";
import { isolatesOverview } from "../../../services/operations/metrics-overview.ts";
import { waitingByKind } from "../../../services/operations/redrive-waiting.ts";
import { nameOf } from "../../../web/ops/chart-model.ts";
import type { OpsQuery } from "../../../web/ops/query.ts";
import type { OpsLetters, OpsPart, OpsState } from "../../../web/ops/view.ts";
import { toAppError } from "../../middleware/problem.ts";

const LETTERS = 20;
const EXPERIMENTS = 20;
const MAX_PAYLOAD = 4_000;

type OpsCtx = Ctx<keyof Deps>;

/** All that the page shows; a part that does not answer says so, and the others stand. */
export async function readOps(ctx: OpsCtx, query: OpsQuery): Promise<OpsState> {
  const [metrics, deployment, letters, experiments] = await Promise.all([
    part(ctx, async () => slim(await isolatesOverview(ctx, { minutes: query.minutes }), query.route)),
    part(ctx, () => deploymentState(ctx)),
    part(ctx, () => lettersOf(ctx, query.cursor)),
    part(ctx, () => experimentsOf(ctx)),
  ]);
  return { query, now: ctx.clock.now(), metrics, deployment, letters, experiments };
}

/** Of routes that no chart shows only the course of their p99 is drawn: the rest would be most of the answer. */
function slim<T extends MetricsOverview>(metrics: T, chosen: string): T {
  const routes = metrics.series.routes.map((lines): RouteLines => {
    if (nameOf(lines) === chosen) return lines;
    const { method, route, p99_ms } = lines;
    return {
      method,
      route,
      requests: [],
      client_errors: [],
      server_errors: [],
      p50_ms: [],
      p90_ms: [],
      p99_ms,
    };
  });
  return { ...metrics, series: { ...metrics.series, routes } };
}

async function part<T>(ctx: Pick<OpsCtx, "log" | "clock">, read: () => Promise<T>): Promise<OpsPart<T>> {
  const readAt = ctx.clock.now();
  try {
    return { value: await read(), failure: null, readAt };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) ctx.log.error("ops_part_failed", { code: error.code, error: String(thrown) });
    return { value: null, failure: error.facts.detail, readAt };
  }
}

async function lettersOf(ctx: OpsCtx, cursor: string): Promise<OpsLetters> {
  const [page, kinds] = await Promise.all([
    deadLetterPage(ctx, { cursor: cursor === "" ? null : cursor, limit: LETTERS }),
    waitingByKind(ctx),
  ]);
  const items = page.items.map(({ id, kind, reason, attempts, created_at, body }) => {
    const payload = JSON.stringify(body, null, 2).slice(0, MAX_PAYLOAD);
    return { id, kind, reason, attempts, created_at, payload };
  });
  return { items, next_cursor: page.next_cursor, kinds };
}

/** The deployment's that run: those of organisations are theirs alone to read. */
async function experimentsOf(ctx: OpsCtx): Promise<readonly Experiment[]> {
  const of = { owner: null, state: "running" } as const;
  return (await listExperiments(ctx, of, { cursor: null, limit: EXPERIMENTS })).items;
}
