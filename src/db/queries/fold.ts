import type { Database } from "../client.ts";
import {
  addEvents,
  addUsers,
  advanceVersion,
  dropBatches,
  dropIdleUsers,
  ensureOrg,
  hasPending,
  nameUsers,
  setMarks,
  showKnownUsers,
} from "./fold-statements.ts";
import type { FoldArgs } from "./fold-statements.ts";
import {
  countBots,
  countByMinute,
  countByQuarter,
  countByUser,
  countViews,
  dropMinutes,
  markPresence,
  stampDays,
} from "./fold-counters.ts";

export type { FoldArgs } from "./fold-statements.ts";

export interface FoldOutcome {
  /** Events that were new. */
  added: number;
  /** Whether other batches of the organisation wait. */
  pending: boolean;
}

/**
 * Folds batches in: events whose id is new, then every table derived from them, then the batches are gone; all of it or
 * nothing, in one round trip. Batches that another fold took are passed over, so it may run twice or beside itself.
 */
export async function foldBatches(db: Database, args: FoldArgs): Promise<FoldOutcome> {
  const { org, now } = args;
  const run = (statement: Parameters<typeof db.orm.run>[0]) => db.orm.run(statement);
  const results = await db.orm.batch([
    run(ensureOrg(org)),
    run(setMarks(org)),
    run(addUsers(args)),
    run(addEvents(args)),
    run(dropIdleUsers(org)),
    run(showKnownUsers(args)),
    run(nameUsers(args)),
    run(countByUser(org)),
    run(countByQuarter(org)),
    run(dropMinutes(org, now)),
    run(countByMinute(org, now)),
    run(countBots(org)),
    run(markPresence(org)),
    run(countViews(org, 0)),
    run(countViews(org, 1)),
    run(advanceVersion(args)),
    run(stampDays(org)),
    run(dropBatches(args)),
    db.orm.all<{ pending: number }>(hasPending(org)),
  ]);
  return { added: results[3].rowsAffected, pending: results[18][0]?.pending === 1 };
}
