import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { RETURNED_JOB } from "./outbox.ts";
import type { Queueing } from "./outbox.ts";
import { areFriends } from "./visible.ts";

/** Two people, in either order. */
export interface Two {
  one: string;
  other: string;
}

/** A reader, and an author whose posts their timeline is to have, or not. */
export interface Reading {
  readerId: string;
  authorId: string;
}

function bothWays({ one, other }: Two): readonly [Reading, Reading] {
  return [
    { readerId: one, authorId: other },
    { readerId: other, authorId: one },
  ];
}

/** They are friends, and became that at `now`. */
function areNewFriends({ one, other }: Two, now: number): SQL {
  return sql`EXISTS (SELECT 1 FROM friendships
    WHERE user_id = ${one} AND other_id = ${other} AND state = 'friends' AND since = ${now})`;
}

/** Until what the other has written is in one's timeline, it is read by index. Behind the friendship, in its batch. */
export function pullNewFriends(two: Two, { now }: Pick<Queueing, "now">): SQL {
  const { one, other } = two;
  return sql`INSERT OR IGNORE INTO timeline_pulls (reader_id, author_id)
    SELECT reader_id, iif(reader_id = ${one}, ${other}, ${one}) FROM timelines
    WHERE reader_id IN (${one}, ${other}) AND ${areNewFriends(two, now)}`;
}

/** Behind `pullNewFriends`. */
export function queueBackfill(two: Two, { jobId, now, origin }: Queueing): SQL {
  const { one, other } = two;
  return sql`INSERT INTO outbox (id, kind, payload, created_at, origin)
    SELECT ${jobId}, 'feed.backfill', json_object('one', ${one}, 'other', ${other}), ${now}, ${origin}
    WHERE ${areNewFriends(two, now)} AND EXISTS (SELECT 1 FROM timelines WHERE reader_id IN (${one}, ${other})) ${RETURNED_JOB}`;
}

/** Before the friendship's end, in its batch; `when` as there. */
export function queueCleaning(
  { one, other }: Two,
  { jobId, now, origin }: Queueing,
  when: SQL = sql`true`,
): SQL {
  return sql`INSERT INTO outbox (id, kind, payload, created_at, origin)
    SELECT ${jobId}, 'feed.clean', json_object('one', ${one}, 'other', ${other}), ${now}, ${origin}
    WHERE ${areFriends(one, other)} AND ${when}
      AND EXISTS (SELECT 1 FROM timelines WHERE reader_id IN (${one}, ${other})) ${RETURNED_JOB}`;
}

export interface Backfill extends Reading {
  /** How many of the author's newest posts are gathered at most. */
  posts: number;
}

/** Only what is pulled is filled in. Whoever is being marked as wide stays pulled. */
function isToFill({ readerId, authorId }: Reading): SQL {
  return sql`EXISTS (SELECT 1 FROM timeline_pulls WHERE reader_id = ${readerId} AND author_id = ${authorId})
    AND NOT EXISTS (SELECT 1 FROM wide_authors WHERE author_id = ${authorId}) AND ${areFriends(readerId, authorId)}`;
}

function newestAboveFloor(fill: Backfill): SQL {
  const { readerId, authorId } = fill;
  return sql`SELECT id FROM posts WHERE author_id = (SELECT ${authorId} WHERE ${isToFill(fill)}) AND deleted_at IS NULL
    AND id >= (SELECT floor FROM timelines WHERE reader_id = ${readerId}) ORDER BY id DESC`;
}

export function gatherFriend(fill: Backfill): SQL {
  return sql`INSERT OR IGNORE INTO timeline_posts (reader_id, post_id)
    SELECT ${fill.readerId}, id FROM (${newestAboveFloor(fill)} LIMIT ${fill.posts})`;
}

/** Where there is more than was gathered, the timeline begins above it. */
export function raiseToFriend(fill: Backfill): SQL {
  const last = sql`(${newestAboveFloor(fill)} LIMIT 1 OFFSET ${fill.posts - 1})`;
  return sql`UPDATE timelines SET floor = max(floor, coalesce(${last}, '')) WHERE reader_id = ${fill.readerId}`;
}

export function endPull({ readerId, authorId }: Reading): SQL {
  return sql`DELETE FROM timeline_pulls WHERE reader_id = ${readerId} AND author_id = ${authorId}
    AND NOT EXISTS (SELECT 1 FROM wide_authors WHERE author_id = ${authorId})`;
}

/**
 * Gathers what an author has written for a reader, as one transaction, so that whatever is written meanwhile comes by its
 * own fan-out. Any time, however often: for who are friends it adds what is missing, for others nothing.
 */
export async function backfill(db: Database, fill: Backfill): Promise<void> {
  await db.orm.batch([
    db.orm.run(gatherFriend(fill)),
    db.orm.run(raiseToFriend(fill)),
    db.orm.run(endPull(fill)),
  ]);
}

/** Reads the reader's whole timeline, which trimming bounds, not all that the author has written. */
export function forgetAuthor({ readerId, authorId }: Reading): SQL {
  return sql`DELETE FROM timeline_posts WHERE reader_id = ${readerId} AND NOT ${areFriends(readerId, authorId)}
    AND post_id IN (SELECT gathered.post_id FROM timeline_posts AS gathered CROSS JOIN posts ON posts.id = gathered.post_id
      WHERE gathered.reader_id = ${readerId} AND posts.author_id = ${authorId})`;
}

export function forgetPull({ readerId, authorId }: Reading): SQL {
  return sql`DELETE FROM timeline_pulls WHERE reader_id = ${readerId} AND author_id = ${authorId}
    AND NOT ${areFriends(readerId, authorId)}`;
}

/** Removes each from the other's timeline, unless they are friends (again). One round trip. */
export async function forgetEachOther(db: Database, two: Two): Promise<void> {
  const [first, second] = bothWays(two);
  await db.orm.batch([
    db.orm.run(forgetAuthor(first)),
    db.orm.run(forgetPull(first)),
    db.orm.run(forgetAuthor(second)),
    db.orm.run(forgetPull(second)),
  ]);
}

/** Fills either's timeline with what the other has written, where it lacks it. Two round trips. */
export async function backfillEachOther(db: Database, two: Two, posts: number): Promise<void> {
  for (const reading of bothWays(two)) await backfill(db, { ...reading, posts });
}
