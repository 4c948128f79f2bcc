import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";

/** What `RawUser` is read by. */
export const USER_COLUMNS = sql`number, id, name, sort_name, logins, page_views, activities, last_activity`;

export interface OrgUserRow {
  number: number;
  id: string;
  name: string | null;
  sortName: string;
  logins: number;
  pageViews: number;
  activities: number;
  /** Milliseconds since the epoch; 0 for none. */
  lastActivity: number;
}

/** A row as the client gives it. */
export interface RawUser {
  number: number;
  id: string;
  name: string | null;
  sort_name: string;
  logins: number;
  page_views: number;
  activities: number;
  last_activity: number;
}

export function toUserRow(raw: RawUser): OrgUserRow {
  return {
    number: raw.number,
    id: raw.id,
    name: raw.name,
    sortName: raw.sort_name,
    logins: raw.logins,
    pageViews: raw.page_views,
    activities: raw.activities,
    lastActivity: raw.last_activity,
  };
}

type PackedUser = [
  number: number,
  id: string,
  name: string | null,
  sortName: string,
  logins: number,
  pageViews: number,
  activities: number,
  lastActivity: number,
];

/**
 * The rows of `users`, in their order, as one text of JSON, an array a user: a page of rows costs the database, the way
 * and the client several times as much. `users` must end in a LIMIT, which keeps its order.
 */
export function packedUsers(users: SQL): SQL {
  return sql`SELECT json_group_array(json_array(${USER_COLUMNS})) AS value FROM (${users})`;
}

/** What `packedUsers` gave. */
export function unpackUsers(text: string): OrgUserRow[] {
  // Sound: the text is `packedUsers`' own.
  const users = JSON.parse(text) as PackedUser[];
  return users.map(([number, id, name, sortName, logins, pageViews, activities, lastActivity]) => {
    return { number, id, name, sortName, logins, pageViews, activities, lastActivity };
  });
}
