/** What the dashboard reads, as the API answers it: `GET /v1/orgs/{org}/overview`, `…/users` and `…/live`. */

export const METRICS = ["page_views", "active_users", "logins", "activities"] as const;
export type Metric = (typeof METRICS)[number];

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** What the API compares with. */
export const COMPARES = ["previous", "year"] as const;

export interface SeriesPoint {
  /** RFC 3339 with the zone's offset, so that its first part is the local time. */
  start: string;
  logins: number;
  page_views: number;
  activities: number;
  /** `null` while it is being computed. */
  active_users: number | null;
}

export interface Totals {
  logins: number;
  page_views: number;
  activities: number;
  active_users: number | null;
  bots: number;
}

export interface Period {
  from: string;
  to: string;
  totals: Totals;
  series: readonly SeriesPoint[];
}

export interface Cohort {
  /** The Monday, as a date. */
  cohort: string;
  users: number;
  /** How many were there in the cohort's week, the next, and so on. */
  weeks: readonly number[];
}

export interface Overview extends Period {
  tz: string;
  interval: Interval;
  /** 0 where the count is exact, else the relative standard error. */
  active_users_error: number;
  comparison: Period | null;
  top_paths: readonly { path: string; page_views: number }[];
  top_referrers: readonly { host: string; page_views: number }[];
  bots: readonly { reason: string; events: number }[];
  retention: readonly Cohort[];
  as_of: string;
  version: number;
}

export interface OrgUser {
  id: string;
  name: string | null;
  logins: number;
  page_views: number;
  activities: number;
  last_activity: string | null;
}

export interface UserPage {
  items: readonly OrgUser[];
  next_cursor: string | null;
  as_of: string;
}

export interface LiveMinute {
  start: string;
  page_views: number;
  logins: number;
  activities: number;
}

export interface Live {
  active_users: number;
  /** There are more than were counted. */
  active_users_capped: boolean;
  minutes: readonly LiveMinute[];
  as_of: string;
}
