import type { Deps } from "../../deps.ts";
import { dayOf } from "../../domain/event.ts";
import { newId } from "../../domain/ids.ts";
import type { Job } from "../../ports/jobs.ts";

/** User-days that an overview may count each time; of more, jobs keep what they came to. */
const HEAVY = 5_000;
const ASK_AGAIN_MS = 15_000;

export interface Wanted {
  /** `organisations.number`. */
  org: number;
  /** As `Zone.name` has it. */
  zone: string;
  /** The day the zone was asked for last, as far as jobs know; `null` where its users are not kept. */
  askedDay: number | null;
  isPending: boolean;
  /** User-days that were counted. */
  cost: number;
  lacksCohorts: boolean;
}

export interface SketchTask {
  /** `organisations.number`. */
  org: number;
  zone: string;
  /** The day the zone was asked for; 0 where nobody asked. */
  asked: number;
}

export function sketchJob(deps: Pick<Deps, "clock">, { org, zone, asked }: SketchTask): Job {
  return { id: newId("job", deps.clock), kind: "analytics.sketch", payload: { org, zone, asked } };
}

export function cohortJob(deps: Pick<Deps, "clock">, org: number): Job {
  return { id: newId("job", deps.clock), kind: "analytics.cohorts", payload: { org } };
}

/** Sends jobs, after the response, for what an overview lacked or had to count at length: at most once in 15 s an isolate. */
export function requestKept(
  deps: Pick<Deps, "clock" | "isolate" | "jobs" | "lifetime" | "log">,
  { org, zone, askedDay, isPending, cost, lacksCohorts }: Wanted,
): void {
  const today = dayOf(deps.clock.now());
  const isAskedAnew = askedDay !== null && askedDay < today;
  const isHeavy = askedDay === null && cost > HEAVY;
  const jobs: Job[] = [];
  if ((isPending || isHeavy || isAskedAnew) && isTurn(deps, `sketch|${org}|${zone}`))
    jobs.push(sketchJob(deps, { org, zone, asked: today }));
  if (lacksCohorts && isTurn(deps, `cohorts|${org}`)) jobs.push(cohortJob(deps, org));
  if (jobs.length === 0) return;
  const failed = (error: unknown) => deps.log.warn("sketches_not_requested", { org, error: String(error) });
  deps.lifetime.defer(deps.jobs.send(jobs).catch(failed));
}

function isTurn({ isolate, clock }: Pick<Deps, "isolate" | "clock">, key: string): boolean {
  return isolate.cache.beginFill(key, clock.now(), ASK_AGAIN_MS);
}
