import type { Ctx } from "../../deps.ts";
import { deleteExpiredSessions } from "../../db/queries/sessions.ts";

const LIMIT = 1_000;

/** Deletes sessions that have expired, at most a thousand a time; how many. They count for nothing since they expired. */
export function forgetSessions({ db, clock }: Ctx<"db" | "clock">): Promise<number> {
  return deleteExpiredSessions(db, { now: clock.now(), limit: LIMIT });
}
