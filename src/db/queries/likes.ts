import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { countOwnWrite, seqOf } from "./own-writes.ts";
import type { Counted, SeqRow } from "./own-writes.ts";
import type { AuthorRow } from "./post-hydration.ts";
import { seenPost } from "./posts.ts";
import type { PostOfViewer } from "./posts.ts";
import { isPostSeen } from "./posts-visible.ts";
import { notHidden } from "./visible.ts";

function isLiked({ viewerId }: PostOfViewer): SQL {
  return sql`EXISTS (SELECT 1 FROM likes WHERE likes.post_id = posts.id AND likes.user_id = ${viewerId})`;
}

/** Stands before the like's own statement, which changes what it goes by. */
export function countLike(post: PostOfViewer, step: 1 | -1): SQL {
  const changes = step === 1 ? sql`NOT ${isLiked(post)}` : isLiked(post);
  return sql`UPDATE posts SET like_count = like_count + ${step}, version = version + 1
    WHERE posts.id = ${post.id} AND ${isPostSeen(post.viewerId)} AND ${changes}`;
}

export function insertLike(post: PostOfViewer, now: number): SQL {
  return sql`INSERT INTO likes (post_id, user_id, created_at) SELECT posts.id, ${post.viewerId}, ${now} FROM posts
    WHERE posts.id = ${post.id} AND ${isPostSeen(post.viewerId)} ON CONFLICT DO NOTHING`;
}

export function deleteLike(post: PostOfViewer): SQL {
  return sql`DELETE FROM likes WHERE post_id = (${seenPost(post)}) AND user_id = ${post.viewerId}`;
}

/** Likes of a seen post as they are after the write; `undefined` where the viewer does not see it. */
export function seenLikes({ id, viewerId }: PostOfViewer): SQL {
  return sql`SELECT posts.like_count AS "likeCount" FROM posts WHERE posts.id = ${id} AND ${isPostSeen(viewerId)}`;
}

/** Likes a post, or takes the like back, once however often; how many like it then, of a post that is seen. One round trip. */
export async function setLike(
  db: Database,
  { liked, now, ...post }: PostOfViewer & { liked: boolean; now: number },
): Promise<Counted & { likeCount: number | undefined }> {
  const [, , [seen], counted] = await db.orm.batch([
    db.orm.run(countLike(post, liked ? 1 : -1)),
    db.orm.run(liked ? insertLike(post, now) : deleteLike(post)),
    db.orm.all<{ likeCount: number }>(seenLikes(post)),
    db.orm.all<SeqRow>(countOwnWrite(post.viewerId)),
  ]);
  return { likeCount: seen?.likeCount, ...seqOf(counted) };
}

/** Where a page of likes begins: behind this one. */
export interface LikePosition {
  at: number;
  userId: string;
}

export interface LikePage extends PostOfViewer {
  after: LikePosition | null;
  limit: number;
}

export interface LikeRow extends AuthorRow {
  likedAt: number;
}

const NEWEST: LikePosition = { at: Number.MAX_SAFE_INTEGER, userId: "" };

/** The newest first, without people hidden from the viewer. */
export function likesPage({ id, viewerId, after, limit }: LikePage): SQL {
  const { at, userId } = after ?? NEWEST;
  return sql`SELECT author.id AS "id", author.name AS "name", author.image AS "image", likes.created_at AS "likedAt"
    FROM likes CROSS JOIN users AS author ON author.id = likes.user_id
    WHERE likes.post_id = ${id} AND (likes.created_at, likes.user_id) < (${at}, ${userId})
      AND ${notHidden(viewerId, sql`likes.user_id`)}
    ORDER BY likes.created_at DESC, likes.user_id DESC LIMIT ${limit}`;
}

/** `undefined` where the viewer does not see the post. One round trip. */
export async function listLikes(db: Database, page: LikePage): Promise<LikeRow[] | undefined> {
  const [[post], rows] = await db.orm.batch([
    db.orm.all<{ id: string }>(seenPost(page)),
    db.orm.all<LikeRow>(likesPage(page)),
  ]);
  return post && rows;
}
