import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { notBlockedBy } from "./visible.ts";
import type { CommunityLimits, FriendshipWrite, HidingWrite, PersonWrite } from "./community-writes.ts";

// Each `insert…` gives back the `key` of what is new; each `refused…` stands behind it and tells, by its place in the list
// as `at`, of each line that is not there even then.

function isPerson(id: SQL): SQL {
  return sql`EXISTS (SELECT 1 FROM users WHERE users.id = ${id})`;
}

export function insertPeople(people: readonly PersonWrite[], now: number): SQL {
  const rows = people.map(({ id, name, sortName, email, image, at }) => [
    id,
    name,
    sortName,
    email,
    image,
    at,
  ]);
  return sql`INSERT INTO users (id, name, sort_name, email, email_verified, image, created_at, updated_at)
    SELECT row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3, 1, row.value ->> 4, row.value ->> 5, ${now}
    FROM json_each(${JSON.stringify(rows)}) AS row WHERE true ON CONFLICT DO NOTHING RETURNING id AS "key"`;
}

export function refusedPeople(people: readonly PersonWrite[]): SQL {
  const rows = people.map(({ id, email }) => [id, email]);
  return sql`SELECT row.key AS "at", 'email_taken' AS "code", other.id AS "detail"
    FROM json_each(${JSON.stringify(rows)}) AS row CROSS JOIN users AS other ON other.email = row.value ->> 1
    WHERE NOT ${isPerson(sql`row.value ->> 0`)}`;
}

function givenFriendships(friendships: readonly FriendshipWrite[]): SQL {
  const rows = friendships.map(({ from, to, state, at }) => [from, to, state, at]);
  const before = sql`(SELECT friendship.state FROM friendships AS friendship
    WHERE friendship.user_id = row.value ->> 0 AND friendship.other_id = row.value ->> 1)`;
  return sql`SELECT row.key AS line, row.value ->> 0 AS one, row.value ->> 1 AS other, row.value ->> 2 AS state,
    row.value ->> 3 AS since, ${before} AS before FROM json_each(${JSON.stringify(rows)}) AS row`;
}

const IS_CHANGE = sql.raw(
  "(before IS NULL OR (before = 'asked' AND state = 'friends') OR before = 'asking')",
);
const NO_BLOCK = sql`(${notBlockedBy(sql`one`, sql`other`)} AND ${notBlockedBy(sql`other`, sql`one`)})`;

/**
 * Both rows of each pair, or none; an asking that is answered makes friends. Of one pair there is one line. Rows of a
 * person are numbered, so that many in one statement keep to the limits too.
 */
export function insertFriendships(
  friendships: readonly FriendshipWrite[],
  { friends, asked }: CommunityLimits,
): SQL {
  const wanted = sql`SELECT line, one, other, since, iif(before IS NULL, state, 'friends') AS state
    FROM (${givenFriendships(friendships)}) AS given
    WHERE ${IS_CHANGE} AND ${isPerson(sql`one`)} AND ${isPerson(sql`other`)} AND ${NO_BLOCK}`;
  const rows = sql`SELECT line, one AS user_id, other AS other_id, state, since FROM wanted
    UNION ALL SELECT line, other, one, iif(state = 'asked', 'asking', state), since FROM wanted`;
  const count = sql`(SELECT count(*) FROM friendships AS known
    WHERE known.user_id = both.user_id AND known.state = both.state)`;
  const numbered = sql`SELECT *, CASE state WHEN 'asking' THEN 0 ELSE ${count}
      + row_number() OVER (PARTITION BY user_id, state ORDER BY line) END AS number FROM (${rows}) AS both`;
  const tooMany = sql`SELECT line FROM numbered WHERE number > CASE state WHEN 'friends' THEN ${friends} ELSE ${asked} END`;
  return sql`WITH wanted AS MATERIALIZED (${wanted}), numbered AS MATERIALIZED (${numbered})
    INSERT INTO friendships (user_id, other_id, state, since)
    SELECT user_id, other_id, state, since FROM numbered WHERE line NOT IN (${tooMany})
    ON CONFLICT (user_id, other_id) DO UPDATE SET state = excluded.state, since = excluded.since
    RETURNING user_id || ' ' || other_id AS "key"`;
}

export function refusedFriendships(friendships: readonly FriendshipWrite[]): SQL {
  return sql`SELECT line AS "at", CASE WHEN NOT (${isPerson(sql`one`)} AND ${isPerson(sql`other`)}) THEN 'no_person'
      WHEN NOT ${NO_BLOCK} THEN 'blocked' ELSE 'too_many' END AS "code",
      iif(${isPerson(sql`one`)}, other, one) AS "detail"
    FROM (${givenFriendships(friendships)}) AS given
    WHERE before IS NULL OR (before <> 'friends' AND NOT (before = 'asked' AND state = 'asked'))`;
}

function givenHidings(hidings: readonly HidingWrite[]): SQL {
  const rows = hidings.map(({ from, to, hiding, at }) => [from, to, hiding, at]);
  return sql`SELECT row.key AS line, row.value ->> 0 AS one, row.value ->> 1 AS other, row.value ->> 2 AS kind,
    row.value ->> 3 AS since FROM json_each(${JSON.stringify(rows)}) AS row`;
}

const IS_HIDDEN = sql.raw(`EXISTS (SELECT 1 FROM hidings AS known
  WHERE known.user_id = one AND known.other_id = other AND known.kind = given.kind)`);

export function insertHidings(hidings: readonly HidingWrite[], { hidden }: CommunityLimits): SQL {
  const count = sql`(SELECT count(*) FROM hidings AS known WHERE known.user_id = one AND known.kind = given.kind)`;
  const numbered = sql`SELECT *, ${count} + row_number() OVER (PARTITION BY one, kind ORDER BY line) AS number
    FROM (${givenHidings(hidings)}) AS given
    WHERE NOT ${IS_HIDDEN} AND ${isPerson(sql`one`)} AND ${isPerson(sql`other`)}`;
  return sql`INSERT INTO hidings (user_id, other_id, kind, created_at)
    SELECT one, other, kind, since FROM (${numbered}) WHERE number <= ${hidden}
    ON CONFLICT DO NOTHING RETURNING user_id || ' ' || other_id || ' ' || kind AS "key"`;
}

/** What a block ends; stands behind `insertHidings`. */
export function endBlockedFriendships(hidings: readonly HidingWrite[]): SQL {
  const blocks = hidings.filter(({ hiding }) => hiding === "block");
  const pairs = JSON.stringify(
    blocks.flatMap(({ from, to }) => [
      [from, to],
      [to, from],
    ]),
  );
  const isBlocked = sql`NOT (${notBlockedBy(sql`friendships.user_id`, sql`friendships.other_id`)}
    AND ${notBlockedBy(sql`friendships.other_id`, sql`friendships.user_id`)})`;
  return sql`DELETE FROM friendships WHERE (user_id, other_id) IN
    (SELECT row.value ->> 0, row.value ->> 1 FROM json_each(${pairs}) AS row) AND ${isBlocked}`;
}

export function refusedHidings(hidings: readonly HidingWrite[]): SQL {
  return sql`SELECT line AS "at", iif(${isPerson(sql`one`)} AND ${isPerson(sql`other`)}, 'too_many', 'no_person') AS "code",
      iif(${isPerson(sql`one`)}, other, one) AS "detail"
    FROM (${givenHidings(hidings)}) AS given WHERE NOT ${IS_HIDDEN}`;
}
