import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";

/** Counts of a post as they are kept, and as its likes and comments are. */
export interface CountDrift {
  id: string;
  likes: number;
  countedLikes: number;
  comments: number;
  countedComments: number;
}

export interface RecountSample {
  /** Where in all posts it begins, from 0 to 1. */
  at: number;
  posts: number;
  /** Likes and comments, by what is kept, after which no more posts are looked at; the first always is. */
  rows: number;
}

const LIKES = sql.raw("(SELECT count(*) FROM likes WHERE likes.post_id = posts.id)");
const COMMENTS = sql.raw(
  "(SELECT count(*) FROM comments WHERE comments.post_id = posts.id AND comments.deleted_at IS NULL)",
);
const DRIFTED = sql`(posts.like_count <> ${LIKES} OR posts.comment_count <> ${COMMENTS})`;

export function driftedPosts({ at, posts, rows }: RecountSample): SQL {
  const from = sql`SELECT rowid, like_count + comment_count AS size FROM posts
    WHERE rowid >= (SELECT CAST(max(rowid) * ${at} AS INTEGER) FROM posts) ORDER BY rowid LIMIT ${posts}`;
  const sized = sql`SELECT rowid, sum(size) OVER (ROWS UNBOUNDED PRECEDING) - size AS before FROM (${from})`;
  return sql`SELECT posts.id AS "id", posts.like_count AS "likes", ${LIKES} AS "countedLikes",
      posts.comment_count AS "comments", ${COMMENTS} AS "countedComments"
    FROM (${sized}) AS sample CROSS JOIN posts ON posts.rowid = sample.rowid
    WHERE sample.before <= ${rows} AND ${DRIFTED}`;
}

/** Posts of a sample whose counts are not those of their rows. One round trip. */
export function findDriftedPosts(db: Database, sample: RecountSample): Promise<CountDrift[]> {
  return db.orm.all<CountDrift>(driftedPosts(sample));
}

export function recountPostsStatement(ids: readonly string[]): SQL {
  return sql`UPDATE posts SET like_count = ${LIKES}, comment_count = ${COMMENTS}, version = version + 1
    WHERE posts.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${DRIFTED}`;
}

/** Counts those of `ids` anew. One round trip. */
export async function recountPostRows(db: Database, ids: readonly string[]): Promise<void> {
  await db.orm.run(recountPostsStatement(ids));
}
