import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { StatementTexts } from "../statement-texts.ts";
import type { Statement } from "../statement-texts.ts";
import { MANY_FRIENDS, MAX_WALK } from "./feed-skeleton.ts";
import { isPostSeen } from "./posts-visible.ts";
import { notHidden } from "./visible.ts";

export interface NewPostsArgs {
  viewer: string;
  /** Posts above this id are new; `''` for all. */
  since: string;
  max: number;
  /** The viewer's session, `null` where they have none that could end. */
  sessionId: string | null;
  now: number;
}

export interface NewPosts {
  /** Of others, that the viewer sees; at most `max`. */
  count: number;
  /** The newest of them. */
  latestId: string | null;
  /** Whether there may be more than these. */
  isMore: boolean;
  isSessionOver: boolean;
}

interface NewPostsRow {
  count: number;
  latestId: string | null;
  isPartial: number;
  isSessionOver: number;
}

const texts = new StatementTexts();
const viewer = sql.placeholder("viewer");
const since = sql.placeholder("since");
const many = sql.raw(String(MANY_FRIENDS));
const walk = sql.raw(String(MAX_WALK));
const hasMany = sql`(SELECT count(*) = ${many} FROM some)`;

// Bounds of the index and not conditions: as these they would be asked of each post. Nothing but one look at the newest
// post is read where nobody has posted.
const NEW_POSTS = sql`WITH
  asker AS MATERIALIZED (SELECT ${viewer} AS id WHERE EXISTS (SELECT 1 FROM posts WHERE id > ${since})),
  some AS MATERIALIZED (SELECT other_id AS id FROM friendships
    WHERE user_id = (SELECT id FROM asker) AND state = 'friends' LIMIT ${many}),
  walked AS MATERIALIZED (SELECT id, author_id, deleted_at FROM posts
    WHERE id > (SELECT ${since} WHERE ${hasMany}) ORDER BY id DESC LIMIT ${walk}),
  found AS MATERIALIZED (
    SELECT id FROM (SELECT posts.id AS id FROM some CROSS JOIN posts
      ON posts.author_id = some.id AND posts.deleted_at IS NULL AND posts.id > (SELECT ${since} WHERE NOT ${hasMany})
      WHERE ${notHidden(viewer, sql`posts.author_id`)} ORDER BY posts.id DESC LIMIT ${sql.placeholder("limit")})
    UNION ALL
    SELECT posts.id FROM walked AS posts WHERE posts.author_id <> ${viewer} AND ${isPostSeen(viewer)})
  SELECT (SELECT count(*) FROM found) AS "count", (SELECT max(id) FROM found) AS "latestId",
    (SELECT count(*) = ${walk} FROM walked) AS "isPartial",
    (${sql.placeholder("sessionId")} <> '' AND NOT EXISTS (SELECT 1 FROM sessions
      WHERE id = ${sql.placeholder("sessionId")} AND expires_at > ${sql.placeholder("now")})) AS "isSessionOver"`;

export function newPostsStatement({
  viewer: of,
  since: after,
  max,
  sessionId,
  now,
}: NewPostsArgs): Statement {
  const values = { viewer: of, since: after, limit: max + 1, sessionId: sessionId ?? "", now };
  return texts.of("new-posts", () => NEW_POSTS, values);
}

/**
 * What others have posted above an id. It looks at each friend's newest, and for who has very many friends at the newest
 * `MAX_WALK` posts of all alone. One round trip.
 */
export async function countNewPosts(db: Database, args: NewPostsArgs): Promise<NewPosts> {
  const [row] = await db.all<NewPostsRow>(newPostsStatement(args));
  return {
    count: Math.min(row.count, args.max),
    latestId: row.latestId,
    isMore: row.count > args.max || row.isPartial === 1,
    isSessionOver: row.isSessionOver === 1,
  };
}
