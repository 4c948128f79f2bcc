import { botsCheck, type Check, monthCheck, quartersCheck, viewsCheck } from "../../db/queries/recount.ts";
import { insertRecounts } from "../../db/queries/recount-jobs.ts";
import { readKeptDays, readUsersAfter } from "../../db/queries/recount-scope.ts";
import { presenceCheck, usersCheck } from "../../db/queries/recount-users.ts";
import type { Ctx, Deps } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { DAY_QUARTERS } from "../../domain/event.ts";
import { newId } from "../../domain/ids.ts";
import { firstDayOf, monthOf } from "../../domain/interval.ts";
import type { Job } from "../../ports/jobs.ts";
import { auditLine } from "../audit/line.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import { sendWritten } from "../outbox.ts";
import { recount, type RecountDeps } from "./recount.ts";

type JobDeps = RecountDeps & Pick<Deps, "jobs">;

/** Where a whole recount stands: the users after an id, or the days after a day, then the months. */
export interface RecountPosition {
  /** `organisations.number`. */
  org: number;
  /** `null` once all users are done. */
  afterUser: string | null;
  afterDay: number;
}

const USERS = 200;
/** Recounts of one job, which are a page of users or a day each. */
const STEPS = 20;
const ORGS = 1_000;

function recountJob(deps: Pick<Deps, "clock">, { org, afterUser, afterDay }: RecountPosition): Job {
  const done = { org, after_day: afterDay };
  const payload: Job["payload"] = afterUser === null ? done : { ...done, after_user: afterUser };
  return { id: newId("job", deps.clock), kind: "analytics.recount", payload };
}

/** Begins a recount of one organisation, or of all; answers how many. `not_found` for one that is not there. */
export async function startRecount(
  ctx: Ctx<"db" | "clock" | "jobs" | "log">,
  org: string | null,
): Promise<{ organisations: number }> {
  requireOperator(ctx.actor);
  const audit = auditLine(ctx, "analytics.recount_started");
  const now = ctx.clock.now();
  const jobId = newId("job", ctx.clock);
  const jobs = await insertRecounts(ctx.db, { org, limit: ORGS, jobId, now, audit });
  if (org !== null && jobs.length === 0) throw noSuchOrg(org);
  for (let from = 0; from < jobs.length; from += 100) await sendWritten(ctx, jobs.slice(from, from + 100));
  return { organisations: jobs.length };
}

/** Recounts on from a position: all users, then all days whose events are kept, then the months; sends a job for the rest. */
export async function recountStep(deps: JobDeps, position: RecountPosition): Promise<void> {
  let at: RecountPosition | null = position;
  for (let step = 0; at !== null && step < STEPS; step++) {
    at = at.afterUser === null ? await recountDay(deps, at) : await recountUsers(deps, at, at.afterUser);
  }
  if (at !== null) await deps.jobs.send([recountJob(deps, at)]);
}

async function recountUsers(deps: JobDeps, at: RecountPosition, after: string): Promise<RecountPosition> {
  const { org } = at;
  const page = await readUsersAfter(deps.db, { org, after, limit: USERS });
  const users = JSON.stringify(page.map(({ number }) => number));
  if (page.length > 0) await recount(deps, org, [usersCheck({ org, users })]);
  return { ...at, afterUser: page.length < USERS ? null : (page.at(-1)?.id ?? null) };
}

async function recountDay(deps: JobDeps, at: RecountPosition): Promise<RecountPosition | null> {
  const { org, afterDay } = at;
  const days = await readKeptDays(deps.db, org);
  const day = days.find((one) => one > afterDay);
  if (day !== undefined) {
    await recount(deps, org, [...dayChecks(org, day), presenceCheck(org, day, null)]);
    return { ...at, afterDay: day };
  }
  for (const month of new Set(days.map(monthOf))) {
    const span = { month, first: firstDayOf(month), end: firstDayOf(month + 1) };
    await recount(deps, org, [monthCheck(org, 0, span), monthCheck(org, 1, span)]);
  }
  return null;
}

/** What is counted by day. */
export function dayChecks(org: number, day: number): Check[] {
  return [
    quartersCheck(org, day * DAY_QUARTERS, (day + 1) * DAY_QUARTERS),
    botsCheck(org, day),
    viewsCheck(org, 0, day),
    viewsCheck(org, 1, day),
  ];
}
