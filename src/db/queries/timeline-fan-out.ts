import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { RETURNED_JOB } from "./outbox.ts";
import type { Queueing } from "./outbox.ts";

/** A place among an author's friends, who are in the order of when they became that. */
export interface FriendPlace {
  since: number;
  id: string;
}

export const FIRST_FRIENDS: FriendPlace = { since: Number.MIN_SAFE_INTEGER, id: "" };

export interface Pending {
  authorId: string;
  /** Authors that are wide have no fan-out: readers are told to read their posts by index. */
  isWide: boolean;
}

export interface FanOutBatch {
  postId: string;
  authorId: string;
  after: FriendPlace;
  /** Friends a batch. */
  batch: number;
  now: number;
}

/**
 * Where any friend of its author has a timeline; to stand in the batch that writes the post. A friendship or a timeline
 * that begins later finds the post by itself, and readers of wide authors always do.
 */
export function pendPost(postId: string): SQL {
  return sql`INSERT OR IGNORE INTO pending_posts (post_id, author_id) SELECT posts.id, posts.author_id FROM posts
    WHERE posts.id = ${postId}
      AND NOT EXISTS (SELECT 1 FROM wide_authors WHERE author_id = posts.author_id AND completed_at IS NOT NULL)
      AND EXISTS (SELECT 1 FROM timelines)
      AND EXISTS (SELECT 1 FROM friendships CROSS JOIN timelines ON timelines.reader_id = friendships.other_id
        WHERE friendships.user_id = posts.author_id AND friendships.state = 'friends')`;
}

/** Behind `pendPost` in its batch. */
export function queueFanOut(postId: string, { jobId, now, origin }: Queueing): SQL {
  return sql`INSERT INTO outbox (id, kind, payload, created_at, origin) SELECT ${jobId}, 'feed.fan-out',
    json_object('post', post_id), ${now}, ${origin} FROM pending_posts WHERE post_id = ${postId}
    ${RETURNED_JOB}`;
}

export interface FanOutStart {
  postId: string;
  /** From so many friends on an author is wide. */
  wideFrom: number;
  now: number;
}

/** Before any batch: whom this finds narrow, and who grows wide meanwhile, is fanned out as a narrow one. */
export function markWide({ postId, wideFrom, now }: FanOutStart): SQL {
  return sql`INSERT OR IGNORE INTO wide_authors (author_id, marked_at, completed_at)
    SELECT author_id, ${now}, NULL FROM pending_posts WHERE post_id = ${postId}
      AND EXISTS (SELECT 1 FROM friendships WHERE user_id = pending_posts.author_id AND state = 'friends'
        LIMIT 1 OFFSET ${wideFrom - 1})`;
}

/** The post of an author all of whose readers have their row in `timeline_pulls`. */
export function settleWidePost(postId: string): SQL {
  return sql`DELETE FROM pending_posts WHERE post_id = ${postId} AND EXISTS (SELECT 1 FROM wide_authors
    WHERE wide_authors.author_id = pending_posts.author_id AND completed_at IS NOT NULL)`;
}

export function pendingQuery(postId: string): SQL {
  return sql`SELECT author_id AS "authorId", author_id IN (SELECT author_id FROM wide_authors) AS "isWide"
    FROM pending_posts WHERE post_id = ${postId}`;
}

/** `undefined` where nothing is left to do: also for a job that comes again. One round trip. */
export async function beginFanOut(db: Database, start: FanOutStart): Promise<Pending | undefined> {
  const [, , [found]] = await db.orm.batch([
    db.orm.run(markWide(start)),
    db.orm.run(settleWidePost(start.postId)),
    db.orm.all<{ authorId: string; isWide: number }>(pendingQuery(start.postId)),
  ]);
  return found && { authorId: found.authorId, isWide: found.isWide === 1 };
}

/** The author's friends behind `after`, in order. */
function friendsBehind({ authorId, after }: FanOutBatch): SQL {
  return sql`SELECT since, other_id FROM friendships WHERE user_id = ${authorId} AND state = 'friends'
    AND (since, other_id) > (${after.since}, ${after.id}) ORDER BY since, other_id`;
}

function readersOf(args: FanOutBatch): SQL {
  return sql`(${friendsBehind(args)} LIMIT ${args.batch}) AS friend
    CROSS JOIN timelines ON timelines.reader_id = friend.other_id`;
}

function isLast(args: FanOutBatch): SQL {
  return sql`NOT EXISTS (${friendsBehind(args)} LIMIT 1 OFFSET ${args.batch})`;
}

export function gatherPost(args: FanOutBatch): SQL {
  const { postId } = args;
  return sql`INSERT OR IGNORE INTO timeline_posts (reader_id, post_id)
    SELECT timelines.reader_id, ${postId} FROM ${readersOf(args)}
    WHERE timelines.floor <= ${postId} AND EXISTS (SELECT 1 FROM posts WHERE id = ${postId} AND deleted_at IS NULL)`;
}

export function settlePost(args: FanOutBatch): SQL {
  return sql`DELETE FROM pending_posts WHERE post_id = ${args.postId} AND ${isLast(args)}`;
}

export function insertPulls(args: FanOutBatch): SQL {
  return sql`INSERT OR IGNORE INTO timeline_pulls (reader_id, author_id)
    SELECT timelines.reader_id, ${args.authorId} FROM ${readersOf(args)}
    WHERE EXISTS (SELECT 1 FROM wide_authors WHERE author_id = ${args.authorId})`;
}

export function completeWide(args: FanOutBatch): SQL {
  return sql`UPDATE wide_authors SET completed_at = ${args.now}
    WHERE author_id = ${args.authorId} AND completed_at IS NULL AND ${isLast(args)}`;
}

/** The last of the batch, where the post is pending still. */
export function lastOfBatch(args: FanOutBatch): SQL {
  return sql`${friendsBehind(args)} LIMIT (SELECT count(*) FROM pending_posts WHERE post_id = ${args.postId})
    OFFSET ${args.batch - 1}`;
}

/**
 * Brings the post to the timelines of a batch of friends, or says there that the author's posts are to be read by index.
 * The batch that finds no more friends behind it settles the post. Answers the last of the batch, `null` where the post is
 * settled. One round trip.
 */
export async function fanOutBatch(
  db: Database,
  { isWide }: Pick<Pending, "isWide">,
  args: FanOutBatch,
): Promise<FriendPlace | null> {
  const next = db.orm.all<{ since: number; other_id: string }>(lastOfBatch(args));
  const run = (statement: SQL) => db.orm.run(statement);
  const [, , [last]] = isWide
    ? await widen()
    : await db.orm.batch([run(gatherPost(args)), run(settlePost(args)), next]);
  return last === undefined ? null : { since: last.since, id: last.other_id };

  async function widen() {
    const [, , , last] = await db.orm.batch([
      run(insertPulls(args)),
      run(completeWide(args)),
      run(settleWidePost(args.postId)),
      next,
    ]);
    return [null, null, last] as const;
  }
}
