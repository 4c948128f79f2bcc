import type { Deps } from "../../deps.ts";
import { beginFanOut, fanOutBatch, FIRST_FRIENDS } from "../../db/queries/timeline-fan-out.ts";
import type { FriendPlace } from "../../db/queries/timeline-fan-out.ts";
import { backfillEachOther, forgetEachOther } from "../../db/queries/timeline-friends.ts";
import type { Two } from "../../db/queries/timeline-friends.ts";
import { buildTimeline as buildRow } from "../../db/queries/timelines.ts";
import { TIMELINES } from "./timeline-settings.ts";
import type { TimelineSettings } from "./timeline-settings.ts";

type TimelineCtx = Pick<Deps, "db" | "clock">;

/**
 * Brings a post to the timelines of its author's friends, some at a time; the posts of who has too many friends are read by
 * index from then on. Interrupted, it begins again; come twice, it does nothing. A round trip, and one a batch.
 */
export async function fanOut(
  { db, clock }: TimelineCtx,
  postId: string,
  { batch, wideFrom }: TimelineSettings = TIMELINES,
): Promise<void> {
  const now = clock.now();
  const pending = await beginFanOut(db, { postId, wideFrom, now });
  if (pending === undefined) return;
  const { authorId } = pending;
  let after: FriendPlace | null = FIRST_FRIENDS;
  while (after !== null) after = await fanOutBatch(db, pending, { postId, authorId, after, batch, now });
}

/** Fills the timelines of two who have become friends with what the other wrote before. Two round trips. */
export async function backfill(
  { db }: TimelineCtx,
  two: Two,
  { backfill: posts }: TimelineSettings = TIMELINES,
): Promise<void> {
  await backfillEachOther(db, two, posts);
}

/** Clears each other's posts out of the timelines of two who are friends no more. One round trip. */
export async function clean({ db }: TimelineCtx, two: Two): Promise<void> {
  await forgetEachOther(db, two);
}

/** Gives a reader a timeline; who has one keeps it. One round trip. */
export async function buildTimeline(
  { db, clock }: TimelineCtx,
  readerId: string,
  { keep }: TimelineSettings = TIMELINES,
): Promise<void> {
  await buildRow(db, { readerId, keep, now: clock.now() });
}
