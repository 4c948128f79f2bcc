import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { areFriends, notHidden } from "./visible.ts";
import type { Person } from "./visible.ts";

/** Of rows named `posts`: there, and the viewer is the author, or a friend whom neither side hides from the other. */
export function isPostSeen(viewer: Person): SQL {
  const author = sql`posts.author_id`;
  return sql`(posts.deleted_at IS NULL AND (${author} = ${viewer}
    OR (${areFriends(viewer, author)} AND ${notHidden(viewer, author)})))`;
}
