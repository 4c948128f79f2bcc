import type { SmallWorld, Worlds } from "./small-world.ts";

async function idsOf(worlds: Worlds, statement: string, people: readonly string[]): Promise<string[]> {
  const { rows } = await worlds.client.execute({ sql: statement, args: [JSON.stringify(people)] });
  return rows.map((row) => Object.values(row).join(" "));
}

const PEOPLE = "(SELECT value FROM json_each(?))";

/** What timelines promise, over all rows: posts of friends that are neither there, nor pending, nor pulled. */
export function missingPosts(worlds: Worlds, { people }: SmallWorld): Promise<string[]> {
  return idsOf(
    worlds,
    `SELECT t.reader_id, p.id FROM timelines t JOIN friendships f ON f.user_id = t.reader_id AND f.state = 'friends'
      JOIN posts p ON p.author_id = f.other_id AND p.deleted_at IS NULL AND p.id >= t.floor
    WHERE t.reader_id IN ${PEOPLE}
      AND NOT EXISTS (SELECT 1 FROM timeline_posts g WHERE g.reader_id = t.reader_id AND g.post_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM pending_posts w WHERE w.post_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM timeline_pulls q WHERE q.reader_id = t.reader_id AND q.author_id = p.author_id)`,
    people,
  );
}

/** Posts whose counts are not those of their likes and comments. */
export function miscounted(worlds: Worlds, { people }: SmallWorld): Promise<string[]> {
  return idsOf(
    worlds,
    `SELECT p.id FROM posts p WHERE p.author_id IN ${PEOPLE}
      AND (p.like_count <> (SELECT count(*) FROM likes l WHERE l.post_id = p.id)
        OR p.comment_count <> (SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.deleted_at IS NULL))`,
    people,
  );
}

/** What should be left of nothing once every job has run: pending posts, pulls of who is not wide, posts of strangers. */
export function leftovers(worlds: Worlds, { people }: SmallWorld): Promise<string[]> {
  return idsOf(
    worlds,
    `WITH p(id) AS (SELECT value FROM json_each(?))
    SELECT 'pending', post_id FROM pending_posts WHERE author_id IN p
    UNION ALL SELECT 'pull', reader_id || author_id FROM timeline_pulls
      WHERE reader_id IN p AND author_id NOT IN (SELECT author_id FROM wide_authors)
    UNION ALL SELECT 'gathered', reader_id || post_id FROM timeline_posts JOIN posts ON posts.id = post_id
      WHERE reader_id IN p AND deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM friendships f WHERE f.user_id = reader_id AND f.other_id = author_id AND f.state = 'friends')
        AND NOT EXISTS (SELECT 1 FROM wide_authors w WHERE w.author_id = posts.author_id)`,
    people,
  );
}

/** Whether a page down to `last` is above the floor of the reader's timeline. */
export async function isAboveFloor(worlds: Worlds, reader: string, last: string): Promise<boolean> {
  const found = await worlds.client.execute({
    sql: "SELECT 1 FROM timelines WHERE reader_id = ? AND floor <= ? AND (SELECT count(*) FROM pending_posts) <= 500",
    args: [reader, last],
  });
  return found.rows.length > 0;
}

/** Removes the world's people, and with them all that is theirs; answers what is left behind. */
export async function clear(worlds: Worlds, { people }: SmallWorld): Promise<string[]> {
  const ids = JSON.stringify(people);
  const remove = `DELETE FROM users WHERE id IN ${PEOPLE}`;
  await worlds.client.batch([{ sql: remove, args: [ids] }, "DELETE FROM outbox"]);
  const tables = ["timelines", "timeline_posts", "timeline_pulls", "pending_posts", "wide_authors", "posts"];
  const counts = tables.map((table) => `SELECT '${table}', count(*) AS n FROM ${table} HAVING n > 0`);
  const { rows } = await worlds.client.execute(counts.join(" UNION ALL "));
  return rows.map((row) => Object.values(row).join(" "));
}
