import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { FEED_COMMENTS } from "../../domain/post.ts";
import type { TextEntity } from "../../domain/post.ts";
import type { Database } from "../client.ts";
import { notHidden } from "./visible.ts";
import type { Person } from "./visible.ts";

export interface AuthorRow {
  id: string;
  name: string;
  /** Of the account, as it was given: an address of any kind. */
  image: string | null;
}

export interface CommentRow {
  id: string;
  author: AuthorRow;
  text: string;
  entities: TextEntity[];
  createdAt: number;
}

export interface PostImageRow {
  id: string;
  width: number;
  height: number;
  /** In base64; `null` until the image is ready. */
  thumbhash: string | null;
}

export interface PostProductRow {
  id: string;
  title: string;
  priceAmount: number | null;
  priceCurrency: string | null;
  imageId: string | null;
  imageUrl: string | null;
}

/** What everyone who sees a post sees alike. */
export interface PostRow {
  id: string;
  author: AuthorRow;
  text: string;
  entities: TextEntity[];
  /** `null` too where the product is gone. */
  product: PostProductRow | null;
  /** In their author's order, without those that are gone or failed. */
  images: PostImageRow[];
  likeCount: number;
  commentCount: number;
  version: number;
  createdAt: number;
}

/** What depends on who sees it. */
export interface ViewerPart {
  liked: boolean;
  /** The newest first, at most `FEED_COMMENTS`, none of people hidden from the viewer. */
  comments: CommentRow[];
}

export type HydratedPost = PostRow & ViewerPart;

/** A row of `hydratedPosts`; what is named `…Json` is read by `hydratedOf`. */
export interface HydratedRow {
  id: string;
  authorJson: string;
  text: string;
  entitiesJson: string;
  productJson: string | null;
  imagesJson: string;
  likeCount: number;
  commentCount: number;
  version: number;
  createdAt: number;
  liked: number;
  commentsJson: string;
}

const AUTHOR = sql.raw("json_object('id', author.id, 'name', author.name, 'image', author.image)");

/** Of rows named `comment` and `author`: a `CommentRow` as JSON. */
export const COMMENT_JSON = sql`json_object('id', comment.id, 'author', ${AUTHOR}, 'text', comment.text,
  'entities', json(comment.entities), 'createdAt', comment.created_at)`;

const PRODUCT =
  sql.raw(`(SELECT json_object('id', product.id, 'title', product.title, 'priceAmount', product.price_amount,
    'priceCurrency', product.price_currency, 'imageId', product.image_id, 'imageUrl', product.image_url)
  FROM products AS product WHERE product.id = posts.product_id AND product.deleted_at IS NULL)`);

// CROSS JOIN keeps the order of the author's list: SQLite does not turn it round.
const IMAGES = sql.raw(`CASE posts.image_ids WHEN '[]' THEN '[]' ELSE (
  SELECT json_group_array(json_object('id', image.id, 'width', content.width, 'height', content.height,
    'thumbhash', iif(content.state = 'ready', content.thumbhash, NULL)))
  FROM json_each(posts.image_ids) AS named CROSS JOIN images AS image ON image.id = named.value
  CROSS JOIN image_contents AS content ON content.sha256 = image.sha256 WHERE content.state <> 'failed') END`);

/** `ViewerPart` of rows named `posts`, as the columns `liked` and `commentsJson`. */
export function viewerColumns(viewer: Person): SQL {
  const newest = sql`SELECT comment.* FROM comments AS comment
    WHERE comment.post_id = posts.id AND comment.deleted_at IS NULL AND ${notHidden(viewer, sql`comment.author_id`)}
    ORDER BY comment.id DESC LIMIT ${sql.raw(String(FEED_COMMENTS))}`;
  return sql`EXISTS (SELECT 1 FROM likes WHERE likes.post_id = posts.id AND likes.user_id = ${viewer}) AS "liked",
    (SELECT json_group_array(${COMMENT_JSON}) FROM (${newest}) AS comment
      CROSS JOIN users AS author ON author.id = comment.author_id) AS "commentsJson"`;
}

/** `PostRow` of rows named `posts` and `author`. */
export const SHARED_COLUMNS: SQL = sql`posts.id AS "id", ${AUTHOR} AS "authorJson", posts.text AS "text",
  posts.entities AS "entitiesJson", ${PRODUCT} AS "productJson", ${IMAGES} AS "imagesJson",
  posts.like_count AS "likeCount", posts.comment_count AS "commentCount", posts.version AS "version",
  posts.created_at AS "createdAt"`;

/** A list of ids, JSON or the placeholder of one, as `hydratedPosts` takes it. */
export function idsOf(ids: Person): SQL {
  return sql`SELECT value AS id FROM json_each(${ids})`;
}

/**
 * One statement for at most 101 posts, whose ids `wanted` selects as `id`; in its order, without those that are deleted.
 * It does not ask whether the viewer sees them (`isPostSeen`). Rows read of a post: itself, its author, its product, two an
 * image, the like, and for each of two comments itself and its author: 8 and two an image at most, beside searches for
 * hidings that find nothing. `beside` are columns of `wanted` that come with each.
 */
export function hydratedPosts(viewer: Person, wanted: SQL, ...beside: readonly SQL[]): SQL {
  const columns = [SHARED_COLUMNS, viewerColumns(viewer), ...beside];
  return sql`SELECT ${sql.join(columns, sql`, `)}
    FROM (${wanted}) AS wanted CROSS JOIN posts ON posts.id = wanted.id
    CROSS JOIN users AS author ON author.id = posts.author_id WHERE posts.deleted_at IS NULL`;
}

export function hydratedOf(row: HydratedRow): HydratedPost {
  const { authorJson, entitiesJson, productJson, imagesJson, liked, commentsJson, ...rest } = row;
  return {
    ...rest,
    author: JSON.parse(authorJson) as AuthorRow,
    entities: JSON.parse(entitiesJson) as TextEntity[],
    product: productJson === null ? null : (JSON.parse(productJson) as PostProductRow),
    images: JSON.parse(imagesJson) as PostImageRow[],
    liked: liked === 1,
    comments: JSON.parse(commentsJson) as CommentRow[],
  };
}

/** Those of at most 101 ids that are there, in the order of `ids`; as `hydratedPosts`. One round trip. */
export async function hydratePosts(
  db: Database,
  viewerId: string,
  ids: readonly string[],
): Promise<HydratedPost[]> {
  const rows = await db.orm.all<HydratedRow>(hydratedPosts(viewerId, idsOf(JSON.stringify(ids))));
  return rows.map(hydratedOf);
}
