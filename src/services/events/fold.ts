import type { Deps } from "../../deps.ts";
import { orgsWithBacklog, readPendingBatches } from "../../db/queries/event-backlog.ts";
import { foldBatches } from "../../db/queries/fold.ts";
import { foldJob } from "./request-fold.ts";

export type FoldDeps = Pick<Deps, "db" | "clock" | "jobs" | "log">;

/** A fold holds the database's only writer: about 150 ms for so many events. */
export const FOLD_EVENTS = 5_000;
const FOLD_BATCHES = 500;
/** Folds of one job: what is left then goes to another, so that no job runs long. */
const ROUNDS = 20;
const BACKLOG_AGE_MS = 10_000;

/** Folds in what is pending of an organisation (its number); where more is left than a job should do, sends another. */
export async function foldOrg(deps: FoldDeps, org: number): Promise<{ added: number }> {
  let added = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await foldSome(deps, org);
    added += outcome.added;
    if (!outcome.pending) return { added };
  }
  await deps.jobs.send([foldJob(deps, org)]);
  return { added };
}

async function foldSome(deps: FoldDeps, org: number): Promise<{ added: number; pending: boolean }> {
  const pending = await readPendingBatches(deps.db, org, FOLD_BATCHES);
  const ids: string[] = [];
  let size = 0;
  for (const batch of pending) {
    if (ids.length > 0 && size + batch.size > FOLD_EVENTS) break;
    ids.push(batch.id);
    size += batch.size;
  }
  if (ids.length === 0) return { added: 0, pending: false };
  return foldBatches(deps.db, { org, batches: JSON.stringify(ids), now: deps.clock.now() });
}

/** Sends a job for each organisation whose events wait longer than a lost job explains. */
export async function sweepBacklog(deps: FoldDeps): Promise<void> {
  const orgs = await orgsWithBacklog(deps.db, deps.clock.now() - BACKLOG_AGE_MS);
  if (orgs.length > 0) await deps.jobs.send(orgs.map((org) => foldJob(deps, org)));
}
