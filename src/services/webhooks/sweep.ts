import type { Deps } from "../../deps.ts";
import { deleteEnded, takeOverdue } from "../../db/queries/webhook-attempts.ts";
import { deliveryJob } from "./deliver.ts";
import { KEPT_MS } from "./limits.ts";

const OVERDUE_MS = 60_000;
const OVERDUE_LIMIT = 100;
const TRIM_LIMIT = 1_000;

/** Sends the jobs of deliveries that are overdue by a minute, at most 100: theirs were lost, or ended before its time. */
export async function sweepDeliveries({
  db,
  clock,
  jobs,
}: Pick<Deps, "db" | "clock" | "jobs">): Promise<number> {
  const now = clock.now();
  const ids = await takeOverdue(db, { dueBefore: now - OVERDUE_MS, now, limit: OVERDUE_LIMIT });
  if (ids.length > 0) await jobs.send(ids.map((id) => deliveryJob(clock, id)));
  return ids.length;
}

/** Deletes deliveries that ended 30 days ago, at most a thousand a time; how many. */
export function trimDeliveries({ db, clock }: Pick<Deps, "db" | "clock">): Promise<number> {
  return deleteEnded(db, { endedBefore: clock.now() - KEPT_MS, limit: TRIM_LIMIT });
}
