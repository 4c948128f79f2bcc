import type { Ctx } from "../../deps.ts";
import { requireScope } from "../../domain/access.ts";
import { AppError, isAway } from "../../domain/errors.ts";
import { MAX_AGE_MS } from "../../domain/event.ts";
import type { AnalyticsEvent } from "../../domain/event.ts";
import type { EventFaultCode } from "./event-fields.ts";
import { journalEvents } from "./journal.ts";
import { parseEvent } from "./parse-event.ts";
import { MAX_BATCH_EVENTS, recordEvents } from "./record.ts";
import type { EventOutcome } from "./record.ts";

export interface RejectedEvent {
  /** Position in the request, from 0. */
  index: number;
  code: EventFaultCode;
  detail: string;
}

export interface TakenEvents {
  accepted: number;
  /** Came before with the same content, in this request or another. */
  duplicates: number;
  /** In the request's order. */
  rejected: RejectedEvent[];
  /** Durable, and recorded once the database answers: until then nothing tells of duplicates and conflicts. */
  deferred?: true;
}

type EventsCtx = Ctx<"blobs" | "config" | "db" | "clock" | "isolate" | "jobs" | "lifetime" | "log">;

/**
 * Takes the events of a request's body, each by itself: a bad one is rejected, the good ones are durable when this resolves.
 * `org` (id or slug) is needed of a person with several organisations. Throws `invalid_input` for what is not 1 to 1,000
 * events, and then stores nothing.
 */
export async function takeEvents(
  ctx: EventsCtx,
  input: { org?: string; body: unknown },
): Promise<TakenEvents> {
  const orgId = requireScope(ctx.actor, "events:write", input.org);
  const bounds = { now: ctx.clock.now(), maxAgeMs: MAX_AGE_MS };
  const good: { index: number; event: AnalyticsEvent }[] = [];
  const rejected: RejectedEvent[] = [];
  for (const [index, value] of eventsOf(input.body).entries()) {
    const parsed = parseEvent(value, bounds);
    if ("event" in parsed) good.push({ index, event: parsed.event });
    else rejected.push({ index, ...parsed });
  }
  const events = good.map(({ event }) => event);
  const outcomes = await recordOrJournal(ctx, orgId, events);
  if (outcomes === null) return { accepted: events.length, duplicates: 0, rejected, deferred: true };
  for (const [i, outcome] of outcomes.entries()) {
    const fault = faultOf(outcome, good[i].event);
    if (fault !== null) rejected.push({ index: good[i].index, ...fault });
  }
  rejected.sort((a, b) => a.index - b.index);
  return { ...countsOf(outcomes), rejected };
}

/** `null` where the database is away and they wait in the journal. */
async function recordOrJournal(
  ctx: EventsCtx,
  orgId: string,
  events: readonly AnalyticsEvent[],
): Promise<EventOutcome[] | null> {
  try {
    return await recordEvents(ctx, orgId, events, { keyId: keyOf(ctx) });
  } catch (error) {
    if (!isAway(error)) throw error;
    await journalEvents(ctx, { orgId, keyId: keyOf(ctx), events });
    return null;
  }
}

export function keyOf({ actor }: Ctx): string {
  return actor.kind === "api-key" ? actor.keyId : "";
}

export function countsOf(outcomes: readonly EventOutcome[]): { accepted: number; duplicates: number } {
  const count = (wanted: EventOutcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return { accepted: count("accepted"), duplicates: count("duplicate") };
}

/** What is wrong with an event that was good by itself; `null` for one that is stored. */
export function faultOf(
  outcome: EventOutcome,
  { id }: AnalyticsEvent,
): { code: EventFaultCode; detail: string } | null {
  switch (outcome) {
    case "accepted":
    case "duplicate":
      return null;
    case "conflict":
      return {
        code: "conflict",
        detail: `The id ${JSON.stringify(id)} came before with other content, which holds`,
      };
    case "too_old":
      return { code: "too_old", detail: "The event is older than the organisation keeps events" };
    default:
      return outcome satisfies never;
  }
}

function eventsOf(body: unknown): readonly unknown[] {
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const events: unknown = isObject && "events" in body ? body.events : undefined;
  const unknown = isObject ? Object.keys(body).find((name) => name !== "events") : undefined;
  if (unknown !== undefined) throw refused(unknown.slice(0, 80), "There is no such field");
  if (!Array.isArray(events)) throw refused("events", "Expected a list of events");
  if (events.length >= 1 && events.length <= MAX_BATCH_EVENTS) return events;
  throw refused("events", `Expected 1 to ${MAX_BATCH_EVENTS} events, not ${events.length}`);
}

function refused(path: string, message: string): AppError {
  return new AppError("invalid_input", {
    detail: `The body is not valid at "${path}": ${message}`,
    errors: [{ path, message }],
  });
}
