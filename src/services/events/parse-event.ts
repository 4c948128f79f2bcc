import { EVENT_TYPES, MAX_AHEAD_MS, DAY_MS } from "../../domain/event.ts";
import type { AnalyticsEvent, EventType } from "../../domain/event.ts";
import { botReasonOf } from "./bots.ts";
import {
  EventFault,
  kindOf,
  readOptional,
  readRequired,
  readText,
  readTime,
  readUserId,
} from "./event-fields.ts";
import type { EventFaultCode } from "./event-fields.ts";
import { readProperties } from "./event-properties.ts";
import { readPath, readReferrer } from "./page-address.ts";

export const MAX_ID = 100;
export const MAX_USER_NAME = 200;
const MAX_USER_AGENT = 1_024;

const FIELDS: ReadonlySet<string> = new Set([
  "id",
  "type",
  "user_id",
  "at",
  "path",
  "referrer",
  "properties",
  "user_name",
  "user_agent",
]);

export interface TimeBounds {
  /** Milliseconds since the epoch. */
  now: number;
  maxAgeMs: number;
}

export type ParsedEvent = { event: AnalyticsEvent } | { code: EventFaultCode; detail: string };

/** One event of the wire, or the first thing that is wrong with it. */
export function parseEvent(value: unknown, bounds: TimeBounds): ParsedEvent {
  try {
    return { event: readEvent(value, bounds) };
  } catch (error) {
    if (error instanceof EventFault) return { code: error.code, detail: error.message };
    throw error;
  }
}

function readEvent(value: unknown, bounds: TimeBounds): AnalyticsEvent {
  const fields = fieldsOf(value);
  return {
    id: readRequired(fields.id, "id", MAX_ID, "invalid_id"),
    type: readType(fields.type),
    userId: readUserId(fields.user_id, "user_id", "invalid_user"),
    userName: readOptional(fields.user_name, "user_name", MAX_USER_NAME, "invalid_name")?.trim() ?? null,
    isAnonymous: false,
    at: within(readTime(fields.at), bounds),
    path: readPath(fields.path),
    referrer: readReferrer(fields.referrer),
    properties: readProperties(fields.properties),
    bot: botReasonOf(readUserAgent(fields.user_agent)),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new EventFault("not_an_object", `Expected an event as an object, not ${kindOf(value)}`);
  }
  const unknown = Object.keys(value).find((name) => !FIELDS.has(name));
  if (unknown === undefined) return { ...value };
  throw new EventFault("unknown_field", `There is no field ${JSON.stringify(unknown.slice(0, 80))}`);
}

function readType(value: unknown): EventType {
  const type = EVENT_TYPES.find((one) => one === value);
  if (type !== undefined) return type;
  throw new EventFault("unknown_type", `Expected ${EVENT_TYPES.join(", ")}, not ${kindOf(value)}`);
}

/** Throws for a time that is too old, or further ahead than clocks may differ. */
export function within(at: number, { now, maxAgeMs }: TimeBounds): number {
  if (at > now + MAX_AHEAD_MS) {
    const seconds = Math.ceil((at - now) / 1_000);
    throw new EventFault(
      "in_future",
      `The time is ${seconds} s ahead: at most ${MAX_AHEAD_MS / 1_000} are taken`,
    );
  }
  if (at >= now - maxAgeMs) return at;
  const days = Math.floor((now - at) / DAY_MS);
  throw new EventFault("too_old", `The event is ${days} days old: at most ${maxAgeMs / DAY_MS} are taken`);
}

function readUserAgent(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return readText(value, "user_agent", MAX_USER_AGENT, "invalid_user_agent");
}
