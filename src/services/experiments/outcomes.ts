import type { Ctx, Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import type { AnalyticsEvent } from "../../domain/event.ts";
import { assign, userSubject } from "../../domain/experiment-assignment.ts";
import type { CountJob } from "../../domain/experiment-state.ts";
import { ARMS, CLICK, DEPLOYMENT } from "../../domain/experiment.ts";
import type { RunningExperiment } from "../../domain/experiment.ts";
import { countJob } from "./expose.ts";
import type { Outcome } from "./expose.ts";
import { loadExperiments } from "./load.ts";
import { readQueryId } from "./query-id.ts";

/**
 * Notes that a result of the answer was opened, for its experiments that count clicks; durable once this resolves. A second
 * click of an answer changes nothing. Throws `invalid_input` for what is no `Query-Id` of the last day.
 */
export async function recordClick(
  ctx: Ctx<"clock" | "config" | "db" | "isolate" | "jobs">,
  queryId: string,
): Promise<void> {
  const answered = readQueryId(ctx.config, queryId, ctx.clock.now());
  if (answered === null) {
    const errors = [{ path: "query_id", message: "Expected the Query-Id of an answer of the last day" }];
    throw new AppError("invalid_input", { detail: "The query id is not one of ours, or is too old", errors });
  }
  const { byNumber } = ctx.isolate.experiments;
  // An isolate that has not searched yet knows of none.
  if (answered.arms.some(({ experiment }) => !byNumber.has(experiment))) await loadExperiments(ctx);
  const at = ctx.clock.now();
  const outcomes = answered.arms
    .filter(({ experiment }) => ctx.isolate.experiments.byNumber.get(experiment)?.outcome === CLICK)
    .map((arm) => ({ ...arm, at, answer: answered.answer }));
  if (outcomes.length > 0) await ctx.jobs.send([countJob(ctx, { exposures: [], outcomes })]);
}

type OutcomeDeps = Pick<Deps, "clock" | "config" | "isolate">;

/**
 * The job that counts what events of an organisation are the outcome of: an activity whose `name` an experiment waits for,
 * found by the `query_id` among its properties, or, for the organisation's own experiments, by its user. `null` for none.
 */
export function outcomeJobOf(
  deps: OutcomeDeps,
  orgId: string,
  events: readonly AnalyticsEvent[],
): CountJob | null {
  const { scopes } = deps.isolate.experiments;
  const own = scopes.get(orgId)?.running ?? [];
  const waiting = [...own, ...(scopes.get(DEPLOYMENT)?.running ?? [])].filter(
    ({ outcome }) => outcome !== CLICK,
  );
  if (waiting.length === 0) return null;
  const outcomes = events.flatMap((event) => {
    const name = event.bot === null && event.type === "activity" ? event.properties?.["name"] : undefined;
    const wanted = waiting.filter((one) => one.outcome === name && one.startedAt <= event.at);
    return wanted.flatMap((experiment) => outcomeOf(deps, experiment, event) ?? []);
  });
  return outcomes.length === 0 ? null : countJob(deps, { exposures: [], outcomes });
}

function outcomeOf(deps: OutcomeDeps, experiment: RunningExperiment, event: AnalyticsEvent): Outcome | null {
  const { at, userId, properties } = event;
  const given = properties?.["query_id"];
  const answered = typeof given === "string" ? readQueryId(deps.config, given, at) : null;
  const known = answered?.arms.find((arm) => arm.experiment === experiment.number);
  if (answered && known) return { ...known, at, answer: answered.answer };
  // Another organisation's users have names of their own, and who is one's query tells no user.
  if (experiment.scope === DEPLOYMENT || experiment.unit === "query") return null;
  const { unit, arm } = assign(experiment, userSubject(userId));
  return { experiment: experiment.number, unit, arm: ARMS.indexOf(arm), at, answer: "" };
}
