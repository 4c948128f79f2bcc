import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Value } from "../statement-texts.ts";
import { isPostSeen } from "./posts-visible.ts";

/** Behind every id: a first page begins here. */
export const BEFORE_ALL = "~";

/** From so many friends on, a page is looked for among the newest posts of all. */
export const MANY_FRIENDS = 1_000;
/** How many of the newest posts of all are looked through. */
export const MAX_WALK = 500;

export interface SkeletonArgs {
  viewer: Value;
  /** The last id of the page before, or `BEFORE_ALL`. */
  after: Value;
  limit: Value;
}

/**
 * The page's posts as a statement that selects `id`, and `looked`: about how many rows of tables and indexes were looked at
 * to find them. The ids are those below `after` of all that the viewer sees, their own and their friends' (as
 * `isPostSeen` has it), the newest `limit` of them, the newest first. Implementations differ in cost alone: the same
 * arguments at the same time give the same ids.
 */
export interface Skeleton {
  /** No two share one: the texts of statements are kept by it. */
  name: string;
  select(args: SkeletonArgs): SQL;
}

/** `SELECT id` of a person's friends, whoever of them is hidden. */
export function friendsOf(user: Value | SQL): SQL {
  return sql`SELECT other_id AS id FROM friendships WHERE user_id = ${user} AND state = 'friends'`;
}

/** Whom the viewer hides and who hides the viewer: few, and read once. */
export function hiddenFrom(viewer: Value): SQL {
  return sql`SELECT other_id FROM hidings WHERE user_id = ${viewer}
    UNION ALL SELECT user_id FROM hidings WHERE other_id = ${viewer}`;
}

/**
 * Enters the index of posts once a friend. SQLite leaves a friend at the first post that is older than the `limit` newest
 * found until then, so that a friend costs a row or two however much they have written.
 */
export const fromFriends: Skeleton = {
  name: "friends",
  select: (args) => mergeOf(args, sql`SELECT ${args.viewer} AS id`),
};

/** `asker` selects the viewer, or nothing where nothing is to be read. */
function mergeOf({ viewer, after, limit }: SkeletonArgs, asker: SQL): SQL {
  // Friends are counted before the hidden ones go, so that what a page costs does not tell who hides the viewer.
  return sql`SELECT id, looked FROM (WITH asker AS MATERIALIZED (${asker}),
    authors AS MATERIALIZED (SELECT id FROM asker UNION ALL ${friendsOf(sql`(SELECT id FROM asker)`)})
    SELECT posts.id AS id, (SELECT 2 * count(*) FROM authors) + ${limit} AS looked
    FROM authors CROSS JOIN posts ON posts.author_id = authors.id AND posts.deleted_at IS NULL AND posts.id < ${after}
    WHERE authors.id NOT IN (${hiddenFrom(viewer)}) ORDER BY posts.id DESC LIMIT ${limit})`;
}

/** When to look among the newest posts of all, and how far. */
export interface Walk {
  /** From so many friends on. */
  manyFriends: number;
  /** Posts, of anyone. */
  maxPosts: number;
}

/** Looks through the newest posts of all: gives a page only where it is full. */
function walkOf({ viewer, after, limit }: SkeletonArgs, { manyFriends, maxPosts }: Walk, when: SQL): SQL {
  const isMany = sql`EXISTS (${friendsOf(viewer)} LIMIT 1 OFFSET ${sql.raw(String(manyFriends - 1))})`;
  // As a bound of the index: as a condition of its own it would be asked of each post.
  return sql`SELECT posts.id AS id FROM (SELECT id, author_id, deleted_at FROM posts
    WHERE id < (SELECT ${after} WHERE ${when} AND ${isMany}) ORDER BY id DESC LIMIT ${sql.raw(String(maxPosts))}) AS posts
    WHERE ${isPostSeen(viewer)} LIMIT ${limit}`;
}

/**
 * The choice by cost. Who has many friends in a community of their size finds a page among the newest posts of all, at a
 * few rows a post; all others, and where that walk does not fill the page, by `fromFriends`.
 */
export function walkOrMerge(name: string, walk: Walk): Skeleton {
  return { name, select: (args) => walkOrMergeOf(args, walk, sql`true`) };
}

/** As `walkOrMerge`; nothing, and nothing looked at, where `when` does not hold. */
export function walkOrMergeOf(args: SkeletonArgs, walk: Walk, when: SQL): SQL {
  const { viewer, limit } = args;
  const most = sql.raw(String(walk.manyFriends + walk.maxPosts));
  const found = sql`(SELECT count(*) FROM walked)`;
  const merged = mergeOf(args, sql`SELECT ${viewer} AS id WHERE ${when} AND ${found} < ${limit}`);
  return sql`WITH walked AS MATERIALIZED (${walkOf(args, walk, when)})
    SELECT id, ${most} + 2 * ${limit} AS looked FROM walked WHERE ${found} = ${limit}
    UNION ALL SELECT id, looked + min(looked, ${most}) AS looked FROM (${merged}) ORDER BY id DESC LIMIT ${limit}`;
}

/** What is worth it in most communities. */
export const USUAL_WALK: Walk = { manyFriends: MANY_FRIENDS, maxPosts: MAX_WALK };

export const byIndex: Skeleton = walkOrMerge("index", USUAL_WALK);

/** One person's posts as far as the viewer sees them, in the form of a `Skeleton`. */
export function ofAuthor({ viewer, after, limit }: SkeletonArgs, author: Value): SQL {
  // As a bound of the index too.
  const seen = sql`(SELECT posts.author_id FROM (SELECT ${author} AS author_id, NULL AS deleted_at) AS posts
    WHERE ${isPostSeen(viewer)})`;
  return sql`SELECT posts.id AS id, ${limit} + 2 AS looked FROM posts
    WHERE posts.author_id = ${seen} AND posts.deleted_at IS NULL AND posts.id < ${after}
    ORDER BY posts.id DESC LIMIT ${limit}`;
}
