import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { TextEntity } from "../../domain/post.ts";
import type { Mentioned } from "../../domain/post-text-mentions.ts";
import type { Database } from "../client.ts";
import { countOwnWrite, seqOf } from "./own-writes.ts";
import type { Counted, SeqRow } from "./own-writes.ts";
import { COMMENT_JSON } from "./post-hydration.ts";
import type { CommentRow } from "./post-hydration.ts";
import { seenPost } from "./posts.ts";
import type { PostOfViewer } from "./posts.ts";
import { strangeMentions } from "./posts-mentions.ts";
import { isPostSeen } from "./posts-visible.ts";
import { notHidden } from "./visible.ts";

export interface NewComment {
  id: string;
  postId: string;
  authorId: string;
  text: string;
  entities: readonly TextEntity[];
  mentioned: readonly Mentioned[];
  now: number;
}

/** What keeps a comment from being written. */
export interface CommentObstacles {
  isPostSeen: boolean;
  /** By their places in the list. */
  mentions: number[];
}

interface JsonRow {
  json: string;
}

function mayBeWritten({ postId, authorId, mentioned }: NewComment): SQL {
  return sql`posts.id = ${postId} AND ${isPostSeen(authorId)} AND NOT EXISTS (${strangeMentions(authorId, mentioned)})`;
}

export function commentObstacles({ postId, authorId, mentioned }: NewComment): SQL {
  return sql`SELECT EXISTS (${seenPost({ id: postId, viewerId: authorId })}) AS "isPostSeen",
    (SELECT json_group_array(at) FROM (${strangeMentions(authorId, mentioned)})) AS "mentions"`;
}

export function countComment(comment: NewComment): SQL {
  return sql`UPDATE posts SET comment_count = comment_count + 1, version = version + 1
    WHERE ${mayBeWritten(comment)} AND NOT EXISTS (SELECT 1 FROM comments WHERE id = ${comment.id})`;
}

export function insertComment(comment: NewComment): SQL {
  const { id, authorId, text, entities, now } = comment;
  return sql`INSERT INTO comments (id, post_id, author_id, text, entities, created_at, deleted_at)
    SELECT ${id}, posts.id, ${authorId}, ${text}, ${JSON.stringify(entities)}, ${now}, NULL
    FROM posts WHERE ${mayBeWritten(comment)} ON CONFLICT DO NOTHING`;
}

function commentById(id: string): SQL {
  return sql`SELECT ${COMMENT_JSON} AS "json" FROM comments AS comment
    CROSS JOIN users AS author ON author.id = comment.author_id WHERE comment.id = ${id}`;
}

/** Writes a comment on a post that its author sees, once by its id, and counts it. One round trip. */
export async function createComment(
  db: Database,
  comment: NewComment,
): Promise<Counted & ({ created: CommentRow } | { created: null; obstacles: CommentObstacles })> {
  const [[obstacles], , , [created], counted] = await db.orm.batch([
    db.orm.all<{ isPostSeen: number; mentions: string }>(commentObstacles(comment)),
    db.orm.run(countComment(comment)),
    db.orm.run(insertComment(comment)),
    db.orm.all<JsonRow>(commentById(comment.id)),
    db.orm.all<SeqRow>(countOwnWrite(comment.authorId)),
  ]);
  if (created !== undefined) return { created: JSON.parse(created.json) as CommentRow, ...seqOf(counted) };
  const mentions = JSON.parse(obstacles.mentions) as number[];
  return {
    created: null,
    obstacles: { isPostSeen: obstacles.isPostSeen === 1, mentions },
    ...seqOf(counted),
  };
}

export interface CommentPage extends PostOfViewer {
  /** The last id of the page before. */
  before: string | null;
  limit: number;
}

/** Behind every id there is. */
const NEWEST = "~";

/** The newest first, without those of people hidden from the viewer. */
export function commentsPage({ id, viewerId, before, limit }: CommentPage): SQL {
  return sql`SELECT ${COMMENT_JSON} AS "json" FROM comments AS comment
    CROSS JOIN users AS author ON author.id = comment.author_id
    WHERE comment.post_id = ${id} AND comment.deleted_at IS NULL AND comment.id < ${before ?? NEWEST}
      AND ${notHidden(viewerId, sql`comment.author_id`)}
    ORDER BY comment.id DESC LIMIT ${limit}`;
}

/** `undefined` where the viewer does not see the post. One round trip. */
export async function listComments(db: Database, page: CommentPage): Promise<CommentRow[] | undefined> {
  const [[post], rows] = await db.orm.batch([
    db.orm.all<{ id: string }>(seenPost(page)),
    db.orm.all<JsonRow>(commentsPage(page)),
  ]);
  return post && rows.map(({ json }) => JSON.parse(json) as CommentRow);
}

export interface CommentOfViewer {
  id: string;
  viewerId: string;
}

/** Of a row named `comments`: the viewer wrote it, or the post that it stands under. */
function mayDelete(viewer: string): SQL {
  return sql`(comments.author_id = ${viewer}
    OR EXISTS (SELECT 1 FROM posts AS under WHERE under.id = comments.post_id AND under.author_id = ${viewer}))`;
}

export function commentStanding({ id, viewerId }: CommentOfViewer): SQL {
  return sql`SELECT ${mayDelete(viewerId)} AS "mayDelete", (comments.deleted_at IS NULL AND ${isPostSeen(viewerId)}
      AND ${notHidden(viewerId, sql`comments.author_id`)}) AS "isSeen"
    FROM comments CROSS JOIN posts ON posts.id = comments.post_id WHERE comments.id = ${id}`;
}

function isDeletable({ id, viewerId }: CommentOfViewer): SQL {
  return sql`comments.id = ${id} AND comments.deleted_at IS NULL AND ${mayDelete(viewerId)}`;
}

/** Stands before the comment's own statement, which changes what it goes by. */
export function uncountComment(comment: CommentOfViewer): SQL {
  return sql`UPDATE posts SET comment_count = comment_count - 1, version = version + 1
    WHERE posts.id = (SELECT comments.post_id FROM comments WHERE ${isDeletable(comment)})`;
}

export function buryComment(comment: CommentOfViewer, now: number): SQL {
  return sql`UPDATE comments SET text = '', entities = '[]', deleted_at = ${now} WHERE ${isDeletable(comment)}`;
}

/** Who asked for the end of a comment: one who may, for whom it is gone now; another who sees it; or one who does not. */
export type CommentDeletedBy = "allowed" | "viewer" | "stranger";

/** By its author or the post's, whether or not they see it still. One round trip. */
export async function deleteComment(
  db: Database,
  { now, ...comment }: CommentOfViewer & { now: number },
): Promise<Counted & { by: CommentDeletedBy }> {
  const [[standing], , , counted] = await db.orm.batch([
    db.orm.all<{ mayDelete: number; isSeen: number }>(commentStanding(comment)),
    db.orm.run(uncountComment(comment)),
    db.orm.run(buryComment(comment, now)),
    db.orm.all<SeqRow>(countOwnWrite(comment.viewerId)),
  ]);
  return { by: deletedBy(standing), ...seqOf(counted) };
}

function deletedBy(standing: { mayDelete: number; isSeen: number } | undefined): CommentDeletedBy {
  if (standing?.mayDelete) return "allowed";
  return standing?.isSeen ? "viewer" : "stranger";
}
