import { sql } from "drizzle-orm";
import type { SQL, SQLWrapper } from "drizzle-orm";
import type { Value } from "../statement-texts.ts";

/** A person in a statement: an id, the placeholder of one, or a column that names its table. */
export type Person = Value | SQLWrapper;

/**
 * Neither of the two hides the other, by a block or a mute. Two searches of a primary key, whatever either hides. In a
 * list of selected columns `other` is raw SQL (`posts.author_id`): there Drizzle drops a column's table.
 */
export function notHidden(viewer: Person, other: Person): SQL {
  return sql`(NOT EXISTS (SELECT 1 FROM hidings AS hiding WHERE hiding.user_id = ${viewer} AND hiding.other_id = ${other})
    AND NOT EXISTS (SELECT 1 FROM hidings AS hiding WHERE hiding.user_id = ${other} AND hiding.other_id = ${viewer}))`;
}

/** The two have accepted each other; nobody is their own friend. Takes what `notHidden` takes. */
export function areFriends(viewer: Person, other: Person): SQL {
  return sql`EXISTS (SELECT 1 FROM friendships AS friendship
    WHERE friendship.user_id = ${viewer} AND friendship.other_id = ${other} AND friendship.state = 'friends')`;
}

/** The other has not blocked the viewer: who is blocked is not to learn that the other is there. Takes what `notHidden` takes. */
export function notBlockedBy(viewer: Person, other: Person): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM hidings AS hiding
    WHERE hiding.user_id = ${other} AND hiding.other_id = ${viewer} AND hiding.kind = 'block')`;
}
