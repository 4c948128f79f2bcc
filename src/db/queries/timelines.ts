import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { BEFORE_ALL, friendsOf } from "./feed-skeleton.ts";
import type { Reading } from "./timeline-friends.ts";

export interface Build {
  readerId: string;
  /** The newest posts that a timeline begins with. */
  keep: number;
  now: number;
}

/** Above every id until the batch is through: a reader who has a timeline keeps it as it is. */
export function openTimeline({ readerId, now }: Build): SQL {
  return sql`INSERT OR IGNORE INTO timelines (reader_id, floor, read_at, trimmed_at)
    SELECT id, ${BEFORE_ALL}, ${now}, ${now} FROM users WHERE id = ${readerId}`;
}

function isOpen(readerId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM timelines WHERE reader_id = ${readerId} AND floor = ${BEFORE_ALL})`;
}

/** Those who are marked and not complete as well: their batch may have passed this reader. */
export function pullWideFriends({ readerId }: Build): SQL {
  return sql`INSERT OR IGNORE INTO timeline_pulls (reader_id, author_id) SELECT ${readerId}, friend.id
    FROM (${friendsOf(readerId)}) AS friend CROSS JOIN wide_authors ON wide_authors.author_id = friend.id
    WHERE ${isOpen(readerId)}`;
}

/** Of all friends who are not pulled, also of those who are hidden: a hiding may end, and is asked when reading. */
export function gatherNewest({ readerId, keep }: Build): SQL {
  return sql`INSERT OR IGNORE INTO timeline_posts (reader_id, post_id) SELECT ${readerId}, id FROM (
    WITH authors AS MATERIALIZED (SELECT id FROM (${friendsOf(readerId)}) WHERE ${isOpen(readerId)}
      AND id NOT IN (SELECT author_id FROM timeline_pulls WHERE reader_id = ${readerId}))
    SELECT posts.id AS id FROM authors CROSS JOIN posts ON posts.author_id = authors.id AND posts.deleted_at IS NULL
    ORDER BY posts.id DESC LIMIT ${keep})`;
}

export function closeTimeline({ readerId, keep }: Build): SQL {
  return sql`UPDATE timelines SET floor = (SELECT iif(count(*) < ${keep}, '', min(post_id)) FROM timeline_posts
    WHERE reader_id = ${readerId}) WHERE reader_id = ${readerId} AND floor = ${BEFORE_ALL}`;
}

/** Gives a reader a timeline, as one transaction; who has one keeps it. One round trip. */
export async function buildTimeline(db: Database, build: Build): Promise<void> {
  await db.orm.batch([
    db.orm.run(openTimeline(build)),
    db.orm.run(pullWideFriends(build)),
    db.orm.run(gatherNewest(build)),
    db.orm.run(closeTimeline(build)),
  ]);
}

export function touchTimeline(readerId: string, now: number): SQL {
  return sql`UPDATE timelines SET read_at = ${now} WHERE reader_id = ${readerId} AND read_at < ${now}`;
}

/** Notes that it is read. One round trip. */
export async function noteReading(db: Database, readerId: string, now: number): Promise<void> {
  await db.orm.run(touchTimeline(readerId, now));
}

export interface Drop {
  /** Those last read before. */
  unreadSince: number;
  limit: number;
}

export function dropStatement({ unreadSince, limit }: Drop): SQL {
  return sql`DELETE FROM timelines WHERE reader_id IN (SELECT reader_id FROM timelines
    WHERE read_at < ${unreadSince} ORDER BY read_at LIMIT ${limit})`;
}

/** Drops timelines that nobody reads, with their rows; their readers read by index. How many. One round trip. */
export async function dropUnread(db: Database, drop: Drop): Promise<number> {
  const { rowsAffected } = await db.orm.run(dropStatement(drop));
  return rowsAffected;
}

export interface Trim {
  /** Posts that a timeline keeps, the newest. */
  keep: number;
  /** Timelines at a time, those longest untrimmed. */
  timelines: number;
  /** Rows removed at a time. */
  rows: number;
  now: number;
}

export function raiseFloors({ keep, timelines, now }: Trim): SQL {
  const last = sql`(SELECT gathered.post_id FROM timeline_posts AS gathered
    WHERE gathered.reader_id = timelines.reader_id ORDER BY gathered.post_id DESC LIMIT 1 OFFSET ${keep})`;
  return sql`UPDATE timelines SET trimmed_at = ${now}, floor = max(floor, coalesce(${last}, ''))
    WHERE reader_id IN (SELECT reader_id FROM timelines ORDER BY trimmed_at LIMIT ${timelines})`;
}

/** What is below the floor is never read, so that it may go bit by bit. */
export function removeBelowFloors({ rows, now }: Trim): SQL {
  return sql`DELETE FROM timeline_posts WHERE (reader_id, post_id) IN (
    SELECT below.reader_id, below.post_id FROM timelines CROSS JOIN timeline_posts AS below
      ON below.reader_id = timelines.reader_id AND below.post_id < timelines.floor
    WHERE timelines.trimmed_at = ${now} LIMIT ${rows})`;
}

/** Of the timelines trimmed at that time: what waits for a backfill still. */
export function stuckPulls({ now }: Trim, limit: number): SQL {
  return sql`SELECT pull.reader_id AS "readerId", pull.author_id AS "authorId"
    FROM timelines CROSS JOIN timeline_pulls AS pull ON pull.reader_id = timelines.reader_id
    WHERE timelines.trimmed_at = ${now} AND pull.author_id NOT IN (SELECT author_id FROM wide_authors) LIMIT ${limit}`;
}

/** Shortens some timelines; answers what they pull that could be gathered, at most `pulls`. One round trip. */
export async function trimTimelines(db: Database, trim: Trim, pulls: number): Promise<Reading[]> {
  const [, , stuck] = await db.orm.batch([
    db.orm.run(raiseFloors(trim)),
    db.orm.run(removeBelowFloors(trim)),
    db.orm.all<Reading>(stuckPulls(trim, pulls)),
  ]);
  return stuck;
}

export function stuckPosts(before: number, limit: number): SQL {
  return sql`SELECT waiting.post_id AS "id" FROM (SELECT post_id FROM pending_posts ORDER BY post_id LIMIT ${limit}) AS waiting
    CROSS JOIN posts ON posts.id = waiting.post_id WHERE posts.created_at < ${before}`;
}

/** Of the oldest pending posts those from before `before`: their jobs are lost. One round trip. */
export async function readStuckPosts(db: Database, before: number, limit: number): Promise<string[]> {
  const rows = await db.orm.all<{ id: string }>(stuckPosts(before, limit));
  return rows.map(({ id }) => id);
}
