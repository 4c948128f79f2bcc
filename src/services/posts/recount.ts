import { findDriftedPosts, recountPostRows } from "../../db/queries/posts-recount.ts";
import type { Deps } from "../../deps.ts";

const SAMPLE_POSTS = 500;
const SAMPLE_ROWS = 50_000;

/**
 * Recounts the likes and comments of a bounded part of all posts, chosen at random; what differs is said aloud in the log
 * and made right. Answers how many posts differed. One round trip where none does. `random` gives numbers in [0, 1).
 */
export async function recountPosts(
  { db, log }: Pick<Deps, "db" | "log">,
  random: () => number = Math.random,
): Promise<number> {
  const drifted = await findDriftedPosts(db, { at: random(), posts: SAMPLE_POSTS, rows: SAMPLE_ROWS });
  if (drifted.length === 0) return 0;
  log.error("post_counts_drifted", { posts: drifted.length, first: drifted[0] });
  await recountPostRows(
    db,
    drifted.map(({ id }) => id),
  );
  return drifted.length;
}
