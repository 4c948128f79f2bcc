import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { TextEntity } from "../../domain/post.ts";
import type { Mentioned } from "../../domain/post-text-mentions.ts";
import type { Database } from "../client.ts";
import { jobOf } from "./outbox.ts";
import type { JobRow, Queueing, Unsent } from "./outbox.ts";
import { countOwnWrite, seqOf } from "./own-writes.ts";
import type { Counted, SeqRow } from "./own-writes.ts";
import { hydratedOf, hydratedPosts, idsOf } from "./post-hydration.ts";
import type { HydratedPost, HydratedRow } from "./post-hydration.ts";
import { strangeMentions } from "./posts-mentions.ts";
import { isPostSeen } from "./posts-visible.ts";
import { pendPost, queueFanOut } from "./timeline-fan-out.ts";

export interface NewPost {
  id: string;
  authorId: string;
  text: string;
  entities: readonly TextEntity[];
  mentioned: readonly Mentioned[];
  productId: string | null;
  imageIds: readonly string[];
  now: number;
}

/** What keeps a post from being written. */
export interface PostObstacles {
  isAuthorGone: boolean;
  isProductGone: boolean;
  /** By their places in the list: not the author's, or `failed`. */
  images: { at: number; isFailed: boolean }[];
  /** By their places in the list. */
  mentions: number[];
}

interface ObstacleRow {
  isAuthorGone: number;
  isProductGone: number;
  images: string;
  mentions: string;
}

/** Images that the author may not show, with the state of those that are theirs or of an organisation they belong to. */
function strangeImages({ authorId, imageIds }: NewPost): SQL {
  const isOwn = sql`(image.org_id IS NULL AND image.user_id = ${authorId})
    OR EXISTS (SELECT 1 FROM members WHERE members.org_id = image.org_id AND members.user_id = ${authorId})`;
  const state = sql`(SELECT content.state FROM images AS image CROSS JOIN image_contents AS content
    ON content.sha256 = image.sha256 WHERE image.id = named.value AND (${isOwn}))`;
  return sql`SELECT named.key AS at, ${state} AS state FROM json_each(${JSON.stringify(imageIds)}) AS named
    WHERE coalesce(${state}, 'failed') = 'failed'`;
}

function isAuthorGone({ authorId }: NewPost): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM users WHERE users.id = ${authorId})`;
}

function isProductGone({ productId }: NewPost): SQL {
  if (productId === null) return sql`false`;
  return sql`NOT EXISTS (SELECT 1 FROM products WHERE products.id = ${productId} AND products.deleted_at IS NULL)`;
}

export function postObstacles(post: NewPost): SQL {
  return sql`SELECT ${isAuthorGone(post)} AS "isAuthorGone", ${isProductGone(post)} AS "isProductGone",
    (SELECT json_group_array(json_array(at, state)) FROM (${strangeImages(post)})) AS "images",
    (SELECT json_group_array(at) FROM (${strangeMentions(post.authorId, post.mentioned)})) AS "mentions"`;
}

export function insertPost(post: NewPost): SQL {
  const { id, authorId, text, entities, productId, imageIds, now } = post;
  return sql`INSERT INTO posts (id, author_id, text, entities, product_id, image_ids, like_count, comment_count, version,
      created_at, deleted_at)
    SELECT ${id}, ${authorId}, ${text}, ${JSON.stringify(entities)}, ${productId}, ${JSON.stringify(imageIds)}, 0, 0, 1,
      ${now}, NULL
    WHERE NOT (${isAuthorGone(post)} OR ${isProductGone(post)} OR EXISTS (${strangeImages(post)})
      OR EXISTS (${strangeMentions(authorId, post.mentioned)}))
    ON CONFLICT DO NOTHING`;
}

/** Writes a post whose product, images and mentions are right at that moment, once by its id, and its job. One round trip. */
export async function createPost(
  db: Database,
  post: NewPost & Queueing,
): Promise<Counted & ((Unsent & { created: HydratedPost }) | { created: null; obstacles: PostObstacles })> {
  const [[obstacles], , , unsent, [created], counted] = await db.orm.batch([
    db.orm.all<ObstacleRow>(postObstacles(post)),
    db.orm.run(insertPost(post)),
    db.orm.run(pendPost(post.id)),
    db.orm.all<JobRow>(queueFanOut(post.id, post)),
    db.orm.all<HydratedRow>(hydratedPosts(post.authorId, idsOf(JSON.stringify([post.id])))),
    db.orm.all<SeqRow>(countOwnWrite(post.authorId)),
  ]);
  if (created !== undefined)
    return { created: hydratedOf(created), unsent: unsent.map(jobOf), ...seqOf(counted) };
  return { created: null, obstacles: obstaclesOf(obstacles), ...seqOf(counted) };
}

function obstaclesOf(row: ObstacleRow): PostObstacles {
  const images = JSON.parse(row.images) as [number, string | null][];
  return {
    isAuthorGone: row.isAuthorGone === 1,
    isProductGone: row.isProductGone === 1,
    images: images.map(([at, state]) => ({ at, isFailed: state !== null })),
    mentions: JSON.parse(row.mentions) as number[],
  };
}

export interface PostOfViewer {
  id: string;
  viewerId: string;
}

/** `SELECT id` of the post, where the viewer sees it. */
export function seenPost({ id, viewerId }: PostOfViewer): SQL {
  return sql`SELECT posts.id AS id FROM posts WHERE posts.id = ${id} AND ${isPostSeen(viewerId)}`;
}

/** `undefined` where the viewer does not see it. One round trip. */
export async function findPost(db: Database, wanted: PostOfViewer): Promise<HydratedPost | undefined> {
  const rows = await db.orm.all<HydratedRow>(hydratedPosts(wanted.viewerId, seenPost(wanted)));
  return rows.map(hydratedOf)[0];
}

/** Leaves a tombstone: the id, its author and its counts. */
export function buryPost({ id, viewerId }: PostOfViewer, now: number): SQL {
  return sql`UPDATE posts SET text = '', entities = '[]', product_id = NULL, image_ids = '[]', version = version + 1,
    deleted_at = ${now} WHERE posts.id = ${id} AND posts.author_id = ${viewerId} AND posts.deleted_at IS NULL`;
}

export function postStanding({ id, viewerId }: PostOfViewer): SQL {
  return sql`SELECT posts.author_id = ${viewerId} AS "isAuthor", ${isPostSeen(viewerId)} AS "isSeen"
    FROM posts WHERE posts.id = ${id}`;
}

/** Who asked for the end of a post: its author, for whom it is gone now; another who sees it; or one who does not. */
export type DeletedBy = "author" | "viewer" | "stranger";

/** One round trip. */
export async function deletePost(
  db: Database,
  { now, ...wanted }: PostOfViewer & { now: number },
): Promise<Counted & { by: DeletedBy }> {
  const [[standing], , counted] = await db.orm.batch([
    db.orm.all<{ isAuthor: number; isSeen: number }>(postStanding(wanted)),
    db.orm.run(buryPost(wanted, now)),
    db.orm.all<SeqRow>(countOwnWrite(wanted.viewerId)),
  ]);
  return { by: deletedBy(standing), ...seqOf(counted) };
}

function deletedBy(standing: { isAuthor: number; isSeen: number } | undefined): DeletedBy {
  if (standing?.isAuthor) return "author";
  return standing?.isSeen ? "viewer" : "stranger";
}
