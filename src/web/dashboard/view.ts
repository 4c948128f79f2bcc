import type { DashboardQuery } from "./query.ts";
import type { Live, Overview, UserPage } from "./wire.ts";

/** What went wrong with a part of the page: what is said, and whether asking again may help. */
export interface PartFailure {
  message: string;
  isPassing: boolean;
}

/** What a part of the page shows. What is there stays until the new is: `pending` and `failure` come with the old. */
export interface Part<T> {
  value: T | null;
  /** An answer to another question is on its way, or a newer one to the same. */
  pending: "new" | "refresh" | null;
  failure: PartFailure | null;
}

/** What all parts are drawn from, on the server and in the browser. */
export interface DashboardView {
  /** The organisation's slug: what its addresses begin with. */
  org: string;
  query: DashboardQuery;
  /** The organisation's own zone. */
  orgZone: string;
  /** Milliseconds since the epoch at which this is drawn. */
  now: number;
}

export interface DashboardState extends DashboardView {
  overview: Part<Overview>;
  users: Part<UserPage>;
  live: Live | null;
}

export function ready<T>(value: T): Part<T> {
  return { value, pending: null, failure: null };
}

export function failed<T>(failure: PartFailure): Part<T> {
  return { value: null, pending: null, failure };
}

/** The zone that times are shown in. */
export function zoneOf({ query, orgZone }: DashboardView): string {
  return query.tz === "" ? orgZone : query.tz;
}
