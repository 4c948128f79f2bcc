import type { Deps } from "../../deps.ts";
import { backfill } from "../../db/queries/timeline-friends.ts";
import { dropUnread, readStuckPosts, trimTimelines } from "../../db/queries/timelines.ts";
import { fanOut } from "./timeline-jobs.ts";
import { TIMELINES } from "./timeline-settings.ts";
import type { TimelineSettings } from "./timeline-settings.ts";

type SweepCtx = Pick<Deps, "db" | "clock" | "log">;

/** Timelines a minute, and the rows that go with them. */
const TRIMMED = 50;
const TRIMMED_ROWS = 10_000;
const MAX_PULLS = 20;

const UNREAD_MS = 7 * 24 * 3_600_000;
const MAX_DROPPED = 10;

/** Longer than a job waits between its attempts. */
const STUCK_MS = 15 * 60_000;
const MAX_STUCK = 20;

/**
 * Shortens the timelines that were not shortened for longest, and gathers of what they pull what no job has gathered. One
 * round trip, and one for each such pull.
 */
export async function shortenTimelines(
  { db, clock }: SweepCtx,
  { keep, backfill: posts }: TimelineSettings = TIMELINES,
): Promise<void> {
  const bounds = { keep, timelines: TRIMMED, rows: TRIMMED_ROWS, now: clock.now() };
  for (const reading of await trimTimelines(db, bounds, MAX_PULLS)) await backfill(db, { ...reading, posts });
}

/** Drops timelines that nobody has read for a week. One round trip. */
export async function dropUnreadTimelines({ db, clock, log }: SweepCtx): Promise<void> {
  const timelines = await dropUnread(db, { unreadSince: clock.now() - UNREAD_MS, limit: MAX_DROPPED });
  if (timelines > 0) log.info("timelines_dropped", { timelines });
}

/** Fans out posts whose jobs were lost: too many of these, and nobody's timeline is read. One round trip where there are none. */
export async function fanOutStuck(ctx: SweepCtx, settings?: TimelineSettings): Promise<void> {
  const stuck = await readStuckPosts(ctx.db, ctx.clock.now() - STUCK_MS, MAX_STUCK);
  if (stuck.length > 0) ctx.log.warn("posts_not_fanned_out", { posts: stuck.length });
  for (const postId of stuck) await fanOut(ctx, postId, settings);
}
