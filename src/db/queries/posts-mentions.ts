import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Mentioned } from "../../domain/post-text-mentions.ts";
import { notHidden } from "./visible.ts";

/** Those mentions, by their place in the list, whose person is not there, has another name, or is hidden from the author. */
export function strangeMentions(author: string, mentioned: readonly Mentioned[]): SQL {
  const list = JSON.stringify(mentioned.map(({ userId, names }) => [userId, ...names]));
  return sql`SELECT named.key AS at FROM json_each(${list}) AS named WHERE NOT EXISTS (
    SELECT 1 FROM users WHERE users.id = named.value ->> 0 AND users.name IN (named.value ->> 1, named.value ->> 2)
      AND ${notHidden(author, sql`users.id`)})`;
}
