export const EVENT_TYPES = ["login", "page_view", "activity"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Why an event counts as a machine's: it is kept and counted apart. */
export const BOT_REASONS = ["user_agent", "no_user_agent", "webdriver", "prefetch"] as const;
export type BotReason = (typeof BOT_REASONS)[number];

export const QUARTER_MS = 900_000;
export const DAY_MS = 86_400_000;
/** Quarters of an hour in a day in UTC. */
export const DAY_QUARTERS = 96;
/** Presence masks hold half a day each: 48 bits stay exact in a double. */
export const HALF_DAY_QUARTERS = 48;

/** Events older than this are refused, but by an import of history; it also bounds how long a repeated id can arrive. */
export const MAX_AGE_MS = 30 * DAY_MS;
export const MAX_AHEAD_MS = 5 * 60_000;

/** One thing that one user of an organisation did. */
export interface AnalyticsEvent {
  /** Unique in its organisation; a second event of the same id is not counted. */
  id: string;
  type: EventType;
  /** The organisation's own name for the user, at most 200 characters. */
  userId: string;
  /** Shown in the dashboard, where the event brings it; the newest holds. */
  userName: string | null;
  /** The visitor of a page whom the organisation does not know: counted, but not listed among its users. */
  isAnonymous: boolean;
  /** Milliseconds since the epoch. */
  at: number;
  /** Without query and fragment. */
  path: string | null;
  /** The host alone. */
  referrer: string | null;
  properties: Record<string, unknown> | null;
  bot: BotReason | null;
}

/** The quarter of an hour in UTC, counted from the epoch. */
export function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS);
}

/** The day in UTC, counted from the epoch. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** Index in `BOT_REASONS` plus one, or 0 for people: as the events are stored. */
export function botCode(reason: BotReason | null): number {
  return reason === null ? 0 : BOT_REASONS.indexOf(reason) + 1;
}
