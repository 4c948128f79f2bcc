import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { CommentWrite, LikeWrite, PostWrite } from "./community-writes.ts";
import { isPostSeen } from "./posts-visible.ts";
import { notHidden } from "./visible.ts";

// As in `community-people.ts`: `insert…` gives back keys, `refused…` stands behind it.

/** Of the people in the list of mentions `list`: who is not there, has another name or is hidden from the author. */
function strangeMention(author: SQL, list: SQL): SQL {
  return sql`(SELECT named.value ->> 0 FROM json_each(${list}) AS named WHERE NOT EXISTS (
    SELECT 1 FROM users WHERE users.id = named.value ->> 0 AND users.name IN (named.value ->> 1, named.value ->> 2)
      AND ${notHidden(author, sql`users.id`)}) LIMIT 1)`;
}

/** An image that is not there, or has failed: whose it is, the operator answers for. */
const STRANGE_IMAGE = sql.raw(`(SELECT named.value FROM json_each(images) AS named WHERE NOT EXISTS (
  SELECT 1 FROM images AS image CROSS JOIN image_contents AS content ON content.sha256 = image.sha256
  WHERE image.id = named.value AND content.state <> 'failed') LIMIT 1)`);

const IS_PRODUCT_GONE = sql.raw(`(product_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM products WHERE products.id = product_id AND products.deleted_at IS NULL))`);

const HAS_AUTHOR = sql.raw("EXISTS (SELECT 1 FROM users WHERE users.id = author_id)");
const STRANGE_IN_POST = strangeMention(sql`author_id`, sql`mentioned`);

function mentionedOf({ mentioned }: Pick<PostWrite, "mentioned">): string[][] {
  return mentioned.map(({ userId, names }) => [userId, ...names]);
}

function givenPosts(posts: readonly PostWrite[]): SQL {
  const rows = posts.map((post) => {
    const { id, authorId, text, entities, productId, imageIds, at } = post;
    return [id, authorId, text, entities, productId, imageIds, at, mentionedOf(post)];
  });
  return sql`SELECT row.key AS line, row.value ->> 0 AS id, row.value ->> 1 AS author_id, row.value ->> 2 AS text,
    row.value ->> 3 AS entities, row.value ->> 4 AS product_id, row.value ->> 5 AS images, row.value ->> 6 AS at,
    row.value ->> 7 AS mentioned FROM json_each(${JSON.stringify(rows)}) AS row`;
}

export function insertPosts(posts: readonly PostWrite[]): SQL {
  return sql`INSERT INTO posts (id, author_id, text, entities, product_id, image_ids, like_count, comment_count, version,
      created_at, deleted_at)
    SELECT id, author_id, text, entities, product_id, images, 0, 0, 1, at, NULL FROM (${givenPosts(posts)}) AS given
    WHERE ${HAS_AUTHOR} AND NOT ${IS_PRODUCT_GONE} AND ${STRANGE_IMAGE} IS NULL AND ${STRANGE_IN_POST} IS NULL
    ON CONFLICT DO NOTHING RETURNING id AS "key"`;
}

export function refusedPosts(posts: readonly PostWrite[]): SQL {
  const known = sql`(SELECT posts.author_id FROM posts WHERE posts.id = given.id)`;
  return sql`SELECT line AS "at", CASE WHEN ${known} IS NOT NULL THEN 'id_taken' WHEN NOT ${HAS_AUTHOR} THEN 'no_person'
      WHEN ${IS_PRODUCT_GONE} THEN 'no_product' WHEN ${STRANGE_IMAGE} IS NOT NULL THEN 'no_image' ELSE 'no_mention' END AS "code",
    CASE WHEN ${known} IS NOT NULL THEN id WHEN NOT ${HAS_AUTHOR} THEN author_id
      WHEN ${IS_PRODUCT_GONE} THEN product_id ELSE coalesce(${STRANGE_IMAGE}, ${STRANGE_IN_POST}) END AS "detail"
    FROM (${givenPosts(posts)}) AS given WHERE ${known} IS NOT author_id`;
}

const IS_POST = sql.raw(
  "EXISTS (SELECT 1 FROM posts WHERE posts.id = given.post_id AND posts.deleted_at IS NULL)",
);

function givenLikes(likes: readonly LikeWrite[]): SQL {
  const rows = likes.map(({ postId, personId, at }) => [postId, personId, at]);
  return sql`SELECT row.key AS line, row.value ->> 0 AS post_id, row.value ->> 1 AS person_id, row.value ->> 2 AS at
    FROM json_each(${JSON.stringify(rows)}) AS row`;
}

/** Of those who see the post: its author's friends, and nobody else. */
export function insertLikes(likes: readonly LikeWrite[]): SQL {
  return sql`INSERT INTO likes (post_id, user_id, created_at) SELECT posts.id, given.person_id, given.at
    FROM (${givenLikes(likes)}) AS given CROSS JOIN posts ON posts.id = given.post_id
    WHERE ${isPostSeen(sql`given.person_id`)} ON CONFLICT DO NOTHING RETURNING post_id || ' ' || user_id AS "key"`;
}

export function refusedLikes(likes: readonly LikeWrite[]): SQL {
  const hasPerson = sql`EXISTS (SELECT 1 FROM users WHERE users.id = person_id)`;
  return sql`SELECT line AS "at", CASE WHEN NOT ${IS_POST} THEN 'no_post' WHEN NOT ${hasPerson} THEN 'no_person'
      ELSE 'not_seen' END AS "code", iif(${IS_POST} AND NOT ${hasPerson}, person_id, post_id) AS "detail"
    FROM (${givenLikes(likes)}) AS given
    WHERE NOT EXISTS (SELECT 1 FROM likes WHERE likes.post_id = given.post_id AND likes.user_id = given.person_id)`;
}

function givenComments(comments: readonly CommentWrite[]): SQL {
  const rows = comments.map((comment) => {
    const { id, postId, authorId, text, entities, at } = comment;
    return [id, postId, authorId, text, entities, at, mentionedOf(comment)];
  });
  return sql`SELECT row.key AS line, row.value ->> 0 AS id, row.value ->> 1 AS post_id, row.value ->> 2 AS author_id,
    row.value ->> 3 AS text, row.value ->> 4 AS entities, row.value ->> 5 AS at, row.value ->> 6 AS mentioned
    FROM json_each(${JSON.stringify(rows)}) AS row`;
}

const STRANGE_IN_COMMENT = strangeMention(sql`given.author_id`, sql`given.mentioned`);

export function insertComments(comments: readonly CommentWrite[]): SQL {
  return sql`INSERT INTO comments (id, post_id, author_id, text, entities, created_at, deleted_at)
    SELECT given.id, posts.id, given.author_id, given.text, given.entities, given.at, NULL
    FROM (${givenComments(comments)}) AS given CROSS JOIN posts ON posts.id = given.post_id
    WHERE ${isPostSeen(sql`given.author_id`)} AND ${STRANGE_IN_COMMENT} IS NULL ON CONFLICT DO NOTHING RETURNING id AS "key"`;
}

export function refusedComments(comments: readonly CommentWrite[]): SQL {
  const known = sql`(SELECT known.post_id || ' ' || known.author_id FROM comments AS known WHERE known.id = given.id)`;
  const isSeen = sql`EXISTS (SELECT 1 FROM posts WHERE posts.id = given.post_id AND ${isPostSeen(sql`given.author_id`)})`;
  return sql`SELECT line AS "at", CASE WHEN ${known} IS NOT NULL THEN 'id_taken' WHEN NOT ${IS_POST} THEN 'no_post'
      WHEN NOT ${HAS_AUTHOR} THEN 'no_person' WHEN NOT ${isSeen} THEN 'not_seen' ELSE 'no_mention' END AS "code",
    CASE WHEN ${known} IS NOT NULL THEN id WHEN NOT ${IS_POST} THEN post_id WHEN NOT ${HAS_AUTHOR} THEN author_id
      WHEN NOT ${isSeen} THEN post_id ELSE ${STRANGE_IN_COMMENT} END AS "detail"
    FROM (${givenComments(comments)}) AS given WHERE ${known} IS NOT given.post_id || ' ' || given.author_id`;
}
