import type { Deps } from "../../deps.ts";
import type { CountJob, Exposure } from "../../domain/experiment-state.ts";
import { newId } from "../../domain/ids.ts";
import { bucketOf } from "../../domain/latency-histogram.ts";
import { queryIdOf } from "./query-id.ts";
import type { Resolved } from "./resolve.ts";

export type ExposeDeps = Pick<Deps, "isolate" | "config" | "clock" | "jobs" | "lifetime" | "log">;

const FLUSH_MS = 1_000;
/** A request that promised to send and was cut off is replaced after this. */
const LEASE_MS = 5_000;
/** About 60 bytes each, of the 128 KB that a message holds. */
const EXPOSURES_A_JOB = 500;
/** What waits while the queue does not answer: beyond, the oldest are given up, of both arms alike. */
const MAX_UNSENT = 20;

/** An outcome of a unit: of one answer where the unit is a query. */
export interface Outcome {
  experiment: number;
  unit: string;
  arm: number;
  at: number;
  answer: string;
}

/** Notes that an answer was given, to be counted by the queue within seconds; the id that its outcomes name, or `null`. */
export function expose(deps: ExposeDeps, { exposures }: Resolved, ms: number): string | null {
  if (exposures.length === 0) return null;
  const { experiments } = deps.isolate;
  const now = deps.clock.now();
  const timed = exposures.map((exposure) => ({ ...exposure, ms }));
  experiments.pending.push(...timed);
  if (experiments.pending.length >= EXPOSURES_A_JOB) deps.lifetime.defer(flushExposures(deps));
  else if (now >= experiments.flushUntil) {
    experiments.flushUntil = now + LEASE_MS;
    deps.lifetime.defer(flushSoon(deps));
  }
  return queryIdOf(deps.config.secret, timed, now);
}

async function flushSoon(deps: ExposeDeps): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
  deps.isolate.experiments.flushUntil = 0;
  await flushExposures(deps);
}

/** Sends what waits. What cannot be sent waits for the next time, as the same jobs: they may have arrived all the same. */
export async function flushExposures(deps: ExposeDeps): Promise<void> {
  const { experiments } = deps.isolate;
  const pending = experiments.pending.splice(0);
  const jobs = experiments.unsent.splice(0);
  for (let from = 0; from < pending.length; from += EXPOSURES_A_JOB)
    jobs.push(countJob(deps, { exposures: pending.slice(from, from + EXPOSURES_A_JOB), outcomes: [] }));
  if (jobs.length === 0) return;
  try {
    await deps.jobs.send(jobs);
  } catch (error) {
    experiments.unsent.unshift(...jobs.slice(-MAX_UNSENT));
    deps.log.warn("exposures_not_sent", { jobs: jobs.length, error: String(error) });
  }
}

/**
 * `e` holds `[experiment, unit, arm, at, ms, bucket of the latency]` of each exposure, `o` holds `[experiment, unit, arm, at,
 * answer]` of each outcome.
 */
export function countJob(
  deps: Pick<Deps, "clock">,
  { exposures, outcomes }: { exposures: readonly Exposure[]; outcomes: readonly Outcome[] },
): CountJob {
  const e = exposures.map(({ experiment, unit, arm, at, ms }) => [
    experiment,
    unit,
    arm,
    at,
    Math.round(ms * 1_000) / 1_000,
    bucketOf(ms),
  ]);
  const o = outcomes.map(({ experiment, unit, arm, at, answer }) => [experiment, unit, arm, at, answer]);
  const payload = { body: JSON.stringify({ e, o }) };
  return { id: newId("job", deps.clock), kind: "experiments.count", payload };
}
