import {
  cohortsBehind,
  countWeek,
  moveOn,
  readCohortsBehind,
  readCohortState,
  writeWeek,
} from "../../db/queries/cohorts.ts";
import type { Deps } from "../../deps.ts";
import { dayOf } from "../../domain/event.ts";
import { firstDayOfWeek, weekOf } from "../../domain/interval.ts";
import { COHORTS } from "./overview-shape.ts";
import { cohortJob } from "./sketches-request.ts";

type CohortDeps = Pick<Deps, "db" | "clock">;

/**
 * Counts how many of the people first seen in each of the last weeks came again in the later ones: the weeks that were
 * not counted yet, and those before whose end a day has changed since (an old event may make an older first one). A week
 * a round trip. Idempotent.
 */
export async function countCohorts({ db, clock }: CohortDeps, org: number): Promise<void> {
  const thisWeek = weekOf(dayOf(clock.now()));
  const first = thisWeek - COHORTS + 1;
  const { days, weeks } = await readCohortState(db, org, first);
  if (days.length === 0) return;
  const counted = new Map(weeks.map(({ week, version }) => [week, version]));
  let isChanged = false;
  for (let week = first; week <= thisWeek; week++) {
    const end = firstDayOfWeek(week + 1);
    const newest = days.reduce((max, { day, version }) => (day < end ? Math.max(max, version) : max), 0);
    if ((counted.get(week) ?? -1) >= newest) continue;
    const count = await countWeek(db, { org, week, first });
    await writeWeek(db, { org, week, first, count });
    isChanged = true;
  }
  if (isChanged) await moveOn(db, org);
}

/** An organisation's turn comes once in so many minutes. */
const TURNS = 60;

/** Sends jobs for organisations whose turn it is and that had events since their cohorts were counted. */
export async function sweepCohorts(deps: Pick<Deps, "db" | "clock" | "jobs">): Promise<void> {
  const now = deps.clock.now();
  const part = Math.floor(now / 60_000) % TURNS;
  const orgs = await readCohortsBehind(deps.db, cohortsBehind(weekOf(dayOf(now)), part, TURNS));
  if (orgs.length > 0) await deps.jobs.send(orgs.map((org) => cohortJob(deps, org)));
}
