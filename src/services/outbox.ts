import type { Deps } from "../deps.ts";
import { newId } from "../domain/ids.ts";
import { markJobsSent, originOf, readUnsentJobs } from "../db/queries/outbox.ts";
import type { Queueing } from "../db/queries/outbox.ts";
import type { Job } from "../ports/jobs.ts";

type OutboxCtx = Pick<Deps, "db" | "jobs" | "clock" | "log">;
/** What a verb touches whose write may leave a job. */
export type QueueingPorts = "db" | "jobs" | "clock" | "log" | "lifetime";

const BATCH = 100;
/** Jobs sent are kept this long, to be seen when something is looked into. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Sends the jobs that were written and have not reached the queue, at most 100; returns how many. A job may be sent
 * twice (its mark may be lost), never not at all: what fails here is logged and left for the next relay.
 */
export async function relayOutbox(ctx: OutboxCtx): Promise<number> {
  try {
    const jobs = await readUnsentJobs(ctx.db, BATCH);
    if (jobs.length > 0) await send(ctx, jobs);
    return jobs.length;
  } catch (error) {
    ctx.log.warn("outbox_not_relayed", { error: String(error) });
    return 0;
  }
}

/** Sends jobs that this invocation has written, and no others, as many may be writing at once. Failures as `relayOutbox`. */
export async function sendWritten(ctx: OutboxCtx, jobs: readonly Job[]): Promise<void> {
  try {
    if (jobs.length > 0) await send(ctx, jobs);
  } catch (error) {
    ctx.log.warn("outbox_not_relayed", { error: String(error) });
  }
}

/** For a write that may leave a job: when it is, and the job's id. */
export function queueing({ clock, db }: Pick<Deps, "clock" | "db">): Queueing {
  return { now: clock.now(), jobId: newId("job", clock), origin: originOf(db) };
}

/** As `sendWritten`, after the response. */
export function deferWritten(ctx: Pick<Deps, QueueingPorts>, jobs: readonly Job[]): void {
  if (jobs.length > 0) ctx.lifetime.defer(sendWritten(ctx, jobs));
}

async function send(ctx: OutboxCtx, jobs: readonly Job[]): Promise<void> {
  await ctx.jobs.send(jobs);
  const now = ctx.clock.now();
  await markJobsSent(ctx.db, { ids: jobs.map(({ id }) => id), now, forgetBefore: now - KEPT_MS });
}
