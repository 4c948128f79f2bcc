import { botCode, EVENT_TYPES } from "../../domain/event.ts";
import type { AnalyticsEvent } from "../../domain/event.ts";
import { sortNameOf } from "../../domain/sort-name.ts";
import { userDigest } from "../../domain/user-digest.ts";

export interface EncodedBatch {
  /**
   * JSON: `u` holds `[id, sort name, is anonymous, digest]` of each user once, `e` holds `[id, type, position in u, at,
   * bot, path, referrer, properties as text]` of each event, `n` holds `[event id, at, name, sort name]` of those with a name.
   */
  body: string;
  /** What folding it costs, in events. */
  size: number;
}

const BYTES_AN_EVENT = 512;

/** Events as `event_batches` holds them and the fold's SQL reads them; at most one of each id. */
export function encodeBatch(events: readonly AnalyticsEvent[]): EncodedBatch {
  const positions = new Map<string, number>();
  const users: [string, string, number, string][] = [];
  const names: [string, number, string, string][] = [];
  const rows = events.map((event) => {
    const { id, at, userId, userName } = event;
    let position = positions.get(userId);
    if (position === undefined) {
      position = users.length;
      positions.set(userId, position);
      users.push([userId, sortNameOf(userId), 1, userDigest(userId)]);
    }
    // Whom only machines claim to be is not listed among the users.
    if (!event.isAnonymous && event.bot === null) users[position][2] = 0;
    if (userName !== null && event.bot === null) names.push([id, at, userName, sortNameOf(userName)]);
    return [id, EVENT_TYPES.indexOf(event.type), position, at, botCode(event.bot), ...contentOf(event)];
  });
  const body = JSON.stringify({ u: users, e: rows, n: names });
  return { body, size: Math.max(events.length, Math.ceil(body.length / BYTES_AN_EVENT)) };
}

function contentOf({ path, referrer, properties }: AnalyticsEvent): (string | null)[] {
  return [path, referrer, propertiesText(properties)];
}

/** The same text for the same properties, whatever the order of their keys. */
export function propertiesText(properties: Record<string, unknown> | null): string | null {
  return properties === null ? null : JSON.stringify(sorted(properties));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))));
}
