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
export const fromFriends: Skeleton = { name: "friends", select: mergeOf };

function mergeOf(args: SkeletonArgs): SQL {
  return sql`SELECT id, looked FROM (${placedOfFriends(args)})`;
}

/** `fromFriends` with the rowid of each post as `place`: the index has it, and it saves a search by the id. */
export function placedOfFriends({ viewer, after, limit }: SkeletonArgs): SQL {
  // Friends are counted before the hidden ones go, so that what a page costs does not tell who hides the viewer.
  return sql`WITH authors AS MATERIALIZED (SELECT ${viewer} AS id UNION ALL ${friendsOf(viewer)})
    SELECT posts.id AS id, posts.rowid AS place, (SELECT 2 * count(*) FROM authors) + ${limit} AS looked
    FROM authors CROSS JOIN posts ON posts.author_id = authors.id AND posts.deleted_at IS NULL AND posts.id < ${after}
    WHERE authors.id NOT IN (${hiddenFrom(viewer)}) ORDER BY posts.id DESC LIMIT ${limit}`;
}

/** When to look among the newest posts of all, and how far. */
export interface Walk {
  /** From so many friends on. */
  manyFriends: number;
  /** Posts, of anyone. */
  maxPosts: number;
}

/** What is worth it in most communities. */
export const USUAL_WALK: Walk = { manyFriends: MANY_FRIENDS, maxPosts: MAX_WALK };

/** Looks through the newest posts of all: `id`s in order, perhaps fewer than there are. */
function walkOf({ viewer, after, limit }: SkeletonArgs, { manyFriends, maxPosts }: Walk): SQL {
  const isMany = sql`EXISTS (${friendsOf(viewer)} LIMIT 1 OFFSET ${sql.raw(String(manyFriends - 1))})`;
  // As a bound of the index: as a condition of its own it would be asked of each post.
  return sql`SELECT posts.id AS id FROM (SELECT id, author_id, deleted_at FROM posts
    WHERE id < (SELECT ${after} WHERE ${isMany}) ORDER BY id DESC LIMIT ${sql.raw(String(maxPosts))}) AS posts
    WHERE ${isPostSeen(viewer)} LIMIT ${limit}`;
}

/**
 * A page as one value, so that the next way to find it is only tried where this one gives none: `ids` selects `id`s in
 * their order, `looked` is of them together, and `isPage` says whether they are the whole page.
 */
export function pageOf(ids: SQL, looked: SQL, isPage: SQL): SQL {
  return sql`(SELECT json_object('looked', ${looked}, 'ids', json_group_array(id)) FROM (${ids}) AS found HAVING ${isPage})`;
}

/** Of pages, which `pageOf` makes, the first that there is. */
export function firstPageOf(pages: readonly SQL[]): SQL {
  return sql`SELECT named.value AS id, page.json ->> 'looked' AS looked
    FROM (WITH page AS MATERIALIZED (SELECT coalesce(${sql.join([...pages], sql`, `)}) AS json) SELECT json FROM page) AS page
    CROSS JOIN json_each(page.json, '$.ids') AS named`;
}

/** The walk's page where it is full, else that of `fromFriends`. */
export function indexPages(args: SkeletonArgs, walk: Walk): readonly [SQL, SQL] {
  const { after, limit } = args;
  const visited = sql`(SELECT count(*) FROM posts WHERE id < ${after} AND id >= min(found.id))`;
  const walkRows = sql`${sql.raw(String(walk.manyFriends))} + 3 * ${visited}`;
  const lost = sql.raw(String(walk.manyFriends + 2 * walk.maxPosts));
  const mergeRows = sql`max(looked) + iif(max(looked) >= 2 * ${sql.raw(String(walk.manyFriends))}, ${lost}, 0)`;
  return [
    pageOf(walkOf(args, walk), walkRows, sql`count(*) = ${limit}`),
    pageOf(mergeOf(args), mergeRows, sql`true`),
  ];
}

/**
 * The choice by cost. Who has many friends in a community of their size finds a page among the newest posts of all, at a
 * few rows a post; all others, and where that walk does not fill the page, by `fromFriends`.
 */
export function walkOrMerge(name: string, walk: Walk): Skeleton {
  return { name, select: (args) => firstPageOf(indexPages(args, walk)) };
}

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
