import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Read } from "../client.ts";
import { StatementTexts } from "../statement-texts.ts";
import type { Statement } from "../statement-texts.ts";
import { BEFORE_ALL, hiddenFrom, placedOfFriends } from "./feed-skeleton.ts";
import type { SkeletonArgs } from "./feed-skeleton.ts";
import { byTimeline } from "./feed-skeleton-timeline.ts";
import type { FeedArgs } from "./feed.ts";
import { ownSeqOf } from "./own-writes.ts";
import { hydratedOf, hydratedPosts, idsOf } from "./post-hydration.ts";
import type { AuthorRow, HydratedPost, HydratedRow } from "./post-hydration.ts";

/** A post of a page, and what tells whether what was read of it before still holds. */
export interface OutlinedPost {
  id: string;
  version: number;
  /** Of its product, `null` without one: it grows with whatever changes there. */
  productSeq: number | null;
  /** How many of its images are there: one that is deleted comes never again. */
  imageCount: number;
  liked: boolean;
}

/** What a page of a viewer's feed is made of, but for what all who see its posts see alike. */
export interface FeedOutline {
  /** The newest first. */
  posts: OutlinedPost[];
  /** The viewer, as others see them; `null` where the account is gone. */
  viewer: AuthorRow | null;
  /** Whom the viewer hides and who hides the viewer; `null` for more than `MAX_HIDDEN`. */
  hidden: ReadonlySet<string> | null;
  ownSeq: number;
  timelineReadAt: number | null;
  /** About; `null` where nothing was found. */
  rowsLooked: number | null;
}

/** As everyone who hides nobody sees it, and nobody's like. */
export interface SharedPost extends HydratedPost {
  productSeq: number | null;
  imageCount: number;
}

interface OutlineRow {
  posts: string;
  liked: string;
  looked: number | null;
  viewer: string | null;
  hidden: string;
  ownSeq: number;
  timelineReadAt: number | null;
}

interface SharedRow extends HydratedRow {
  productSeq: number | null;
  imageCount: number;
}

export const MAX_HIDDEN = 1_000;
/** What is looked at of a post: itself, its like, its product; images, which few have, are left out. */
const ROWS_A_POST = 3;
const NOBODY = sql.raw("NULL");

const texts = new StatementTexts();
const named = {
  viewer: sql.placeholder("viewer"),
  after: sql.placeholder("after"),
  limit: sql.placeholder("limit"),
} satisfies SkeletonArgs;

const PRODUCT_SEQ = sql.raw(
  "(SELECT product.seq FROM products AS product WHERE product.id = posts.product_id)",
);

const IMAGE_COUNT = sql.raw(`CASE posts.image_ids WHEN '[]' THEN 0 ELSE (SELECT count(*)
  FROM json_each(posts.image_ids) AS named CROSS JOIN images AS image ON image.id = named.value) END`);

/** Where a page is looked for: `friends` is for who has few and no timeline, and gives others the same, at their cost. */
export type LookedIn = "timeline" | "friends";

function wantedBy(lookedIn: LookedIn): { skeleton: SQL; isPost: SQL } {
  if (lookedIn === "timeline")
    return { skeleton: byTimeline.select(named), isPost: sql`posts.id = wanted.id` };
  return { skeleton: placedOfFriends(named), isPost: sql`posts.rowid = wanted.place` };
}

/**
 * One row. Likes are a range of the index by person: those of a page's posts are between its oldest and its newest, with
 * hardly others, where a search for each post would enter the index twenty times.
 */
function outlineOf(lookedIn: LookedIn): SQL {
  const { viewer } = named;
  const { skeleton, isPost } = wantedBy(lookedIn);
  const liked = sql`SELECT json_group_array(post_id) FROM likes INDEXED BY likes_by_user WHERE user_id = ${viewer}
    AND post_id BETWEEN (SELECT min(id) FROM page) AND (SELECT max(id) FROM page)`;
  const hidden = sql`SELECT json_group_array(other_id) FROM
    (SELECT other_id FROM (${hiddenFrom(viewer)}) LIMIT ${sql.raw(String(MAX_HIDDEN + 1))})`;
  return sql`WITH page AS MATERIALIZED (SELECT posts.id AS id, posts.version AS version, ${PRODUCT_SEQ} AS product_seq,
      ${IMAGE_COUNT} AS image_count, wanted.looked AS looked FROM (${skeleton}) AS wanted CROSS JOIN posts ON ${isPost} WHERE posts.deleted_at IS NULL)
    SELECT (SELECT json_group_array(json_array(id, version, product_seq, image_count)) FROM page) AS "posts", (${liked}) AS "liked",
      (SELECT max(looked) FROM page) AS "looked",
      (SELECT json_array(id, name, image) FROM users WHERE id = ${viewer}) AS "viewer", (${hidden}) AS "hidden",
      ${ownSeqOf(viewer)} AS "ownSeq", (SELECT read_at FROM timelines WHERE reader_id = ${viewer}) AS "timelineReadAt"`;
}

export function outlineStatement({ viewer, after, limit }: FeedArgs, lookedIn: LookedIn): Statement {
  const values = { viewer, after: after ?? BEFORE_ALL, limit };
  return texts.of(lookedIn, () => outlineOf(lookedIn), values);
}

export function readOutline(read: Read, args: FeedArgs, lookedIn: LookedIn): FeedOutline {
  const [row] = read<OutlineRow>(outlineStatement(args, lookedIn));
  const found = JSON.parse(row.posts) as [string, number, number | null, number][];
  const liked = new Set(listOf(row.liked));
  const posts = found.map(([id, version, productSeq, imageCount]) => ({
    id,
    version,
    productSeq,
    imageCount,
    liked: liked.has(id),
  }));
  // An aggregate promises no order.
  posts.sort((a, b) => (a.id < b.id ? 1 : -1));
  const hidden = listOf(row.hidden);
  return {
    posts,
    viewer: row.viewer === null ? null : authorOf(row.viewer),
    hidden: hidden.length > MAX_HIDDEN ? null : new Set(hidden),
    ownSeq: row.ownSeq,
    timelineReadAt: row.timelineReadAt,
    rowsLooked: row.looked === null ? null : row.looked + ROWS_A_POST * posts.length + liked.size,
  };
}

function listOf(json: string): string[] {
  return json === "[]" ? [] : (JSON.parse(json) as string[]);
}

function authorOf(json: string): AuthorRow {
  const [id, name, image] = JSON.parse(json) as [string, string, string | null];
  return { id, name, image };
}

function hydrated(viewer: string | null, ids: readonly string[]): Statement {
  const wanted = idsOf(sql.placeholder("ids"));
  const values = { viewer: viewer ?? undefined, ids: JSON.stringify(ids) };
  if (viewer !== null) return texts.of("own parts", () => hydratedPosts(named.viewer, wanted), values);
  const seq = sql`${PRODUCT_SEQ} AS "productSeq"`;
  const count = sql`${IMAGE_COUNT} AS "imageCount"`;
  return texts.of("shared parts", () => hydratedPosts(NOBODY, wanted, seq, count), values);
}

/** Those of at most 101 posts that are there: as `SharedPost` has them. */
export function readShared(read: Read, ids: readonly string[]): SharedPost[] {
  return read<SharedRow>(hydrated(null, ids)).map(hydratedOf) as SharedPost[];
}

/** Those of at most 101 posts that are there, as one viewer sees them. */
export function readOwn(read: Read, viewer: string, ids: readonly string[]): HydratedPost[] {
  return read<HydratedRow>(hydrated(viewer, ids)).map(hydratedOf);
}
