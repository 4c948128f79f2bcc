import { tablesOf, type Reader } from "./database.ts";

interface DerivedCheck {
  name: string;
  tables: readonly string[];
  /** Gives a row for each kept number that is not the one counted. */
  sql: string;
}

const CHECKS: readonly DerivedCheck[] = [
  {
    name: "likes and comments of posts",
    tables: ["posts", "likes", "comments"],
    sql: `SELECT id FROM posts
      WHERE like_count <> (SELECT count(*) FROM likes WHERE likes.post_id = posts.id) OR comment_count <>
        (SELECT count(*) FROM comments WHERE comments.post_id = posts.id AND comments.deleted_at IS NULL) LIMIT 20`,
  },
  {
    name: "images and bytes of owners",
    tables: ["images", "image_contents", "image_usage"],
    sql: `SELECT owner FROM (
      SELECT coalesce(image.org_id, image.user_id) AS owner, count(*) AS images, sum(content.bytes) AS bytes
      FROM images AS image JOIN image_contents AS content ON content.sha256 = image.sha256 GROUP BY 1) AS counted
      FULL JOIN image_usage AS kept USING (owner)
      WHERE coalesce(kept.images, 0) <> coalesce(counted.images, 0)
        OR coalesce(kept.bytes, 0) <> coalesce(counted.bytes, 0) LIMIT 20`,
  },
  {
    name: "the newest change of the catalogue",
    tables: ["products", "change_counter"],
    sql: `SELECT name FROM change_counter
      WHERE name = 'products' AND value < (SELECT coalesce(max(seq), 0) FROM products)`,
  },
];

export interface Derived {
  name: string;
  /** What differs: empty where all is as counted. */
  wrong: string[];
}

/** Counts anew what the database keeps of itself in numbers, but for the analytics, which the service recounts. */
export async function checkDerived(database: Reader): Promise<Derived[]> {
  const present = new Set(await tablesOf(database));
  const checks = CHECKS.filter(({ tables }) => tables.every((table) => present.has(table)));
  const found: Derived[] = [];
  for (const { name, sql } of checks) {
    const { rows } = await database.execute(sql);
    found.push({ name, wrong: rows.map((row) => String(row[0])) });
  }
  return found;
}
