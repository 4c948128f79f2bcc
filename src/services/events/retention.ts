import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import { forgetSome, orgsToForget } from "../../db/queries/retention.ts";

export type RetentionDeps = Pick<Deps, "db" | "clock" | "jobs">;

const ORGS_A_TICK = 100;
/** Of one transaction. */
const FORGET_EVENTS = 2_000;
const ROUNDS = 20;

async function sendForget(deps: Pick<Deps, "clock" | "jobs">, orgs: readonly number[]): Promise<void> {
  const jobs = orgs.map((org) => ({ id: newId("job", deps.clock), kind: "events.forget", payload: { org } }));
  if (jobs.length > 0) await deps.jobs.send(jobs);
}

/** Sends a job for each organisation, once a day, that has events past its retention. */
export async function sweepRetention(deps: RetentionDeps): Promise<void> {
  await sendForget(deps, await orgsToForget(deps.db, { now: deps.clock.now(), limit: ORGS_A_TICK }));
}

/** Forgets an organisation's events past its retention, in chunks; what is left is another job's. Counters stay. */
export async function forgetEvents(deps: RetentionDeps, org: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    if (!(await forgetSome(deps.db, { org, now: deps.clock.now(), limit: FORGET_EVENTS }))) return;
  }
  await sendForget(deps, [org]);
}
