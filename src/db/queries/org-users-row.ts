import { sql } from "drizzle-orm";

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
