import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import type { AnalyticsEvent } from "../../domain/event.ts";
import { newId, uuidv7 } from "../../domain/ids.ts";
import { recordEvents } from "./record.ts";
import type { RecordDeps } from "./record.ts";

export type JournalDeps = RecordDeps & Pick<Deps, "blobs">;

/** What was taken for one organisation while the database could not take it. */
interface Entry {
  orgId: string;
  keyId: string;
  events: readonly AnalyticsEvent[];
}

const WAITING = "journal/events/";
/** What cannot be read stays, apart, to be looked into. */
const DAMAGED = "journal/damaged/";
const LISTED = 100;
/** Of one drain; what is left, the next takes. */
const MAX_ENTRIES = 1_000;
const DRAIN_SECONDS = 5;
const ASKED = "events:journal";
const ASKED_BYTES = 100;

/**
 * Makes events durable as an object, to be recorded once the database answers: once, as an event's id counts once however
 * often it comes. Throws where the object store is away too.
 */
export async function journalEvents(deps: JournalDeps, entry: Entry): Promise<void> {
  // In the order they came, as far as clocks agree.
  const key = `${WAITING}${uuidv7(deps.clock)}`;
  const text = JSON.stringify(entry);
  await deps.blobs.put(key, new TextEncoder().encode(text), "application/json");
  deps.log.warn("events_journaled", { org: entry.orgId, events: entry.events.length, key });
  requestDrain(deps);
}

/** After the response, at most once in 5 s an isolate: a job that drains the journal. What is not sent, the tick does. */
function requestDrain(deps: Pick<Deps, "isolate" | "clock" | "jobs" | "lifetime" | "log">): void {
  const { cache } = deps.isolate;
  const now = deps.clock.now();
  const before = cache.get(ASKED)?.storedAt ?? -Infinity;
  if (Math.abs(now - before) < DRAIN_SECONDS * 1_000) return;
  cache.set(ASKED, null, ASKED_BYTES, now);
  const job = { id: newId("job", deps.clock), kind: "events.journal", payload: {} };
  const sent = deps.jobs.send([job], DRAIN_SECONDS);
  deps.lifetime.defer(
    sent.catch((error: unknown) => {
      cache.delete(ASKED);
      deps.log.warn("journal_drain_not_requested", { error: String(error) });
    }),
  );
}

/**
 * Records what waits, the oldest first, and forgets each entry once it is recorded: whoever is cut off between the two
 * records it again, to no effect. Answers how many entries that were. Throws while the database is away.
 */
export async function drainJournal(deps: JournalDeps): Promise<number> {
  let drained = 0;
  while (drained < MAX_ENTRIES) {
    const keys = await deps.blobs.list(WAITING, LISTED);
    for (const key of keys) await apply(deps, key);
    drained += keys.length;
    if (keys.length < LISTED) return drained;
  }
  requestDrain(deps);
  return drained;
}

async function apply(deps: JournalDeps, key: string): Promise<void> {
  const bytes = await deps.blobs.get(key);
  // Another has drained it meanwhile.
  if (bytes === null) return;
  const entry = readEntry(bytes);
  if (entry === null) {
    deps.log.error("journal_entry_unreadable", { key });
    await deps.blobs.put(DAMAGED + key.slice(WAITING.length), bytes, "application/json");
  } else {
    await record(deps, entry);
  }
  await deps.blobs.delete([key]);
}

async function record(deps: JournalDeps, { orgId, keyId, events }: Entry): Promise<void> {
  try {
    await recordEvents(deps, orgId, events, { keyId });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    deps.log.warn("journal_of_no_organisation", { org: orgId, events: events.length });
  }
}

function readEntry(bytes: ArrayBuffer): Entry | null {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes),
    );
    return isEntry(value) ? value : null;
  } catch {
    return null;
  }
}

/** The events themselves were checked before they were written. */
function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { orgId, keyId, events } = value as Record<string, unknown>;
  return typeof orgId === "string" && typeof keyId === "string" && Array.isArray(events);
}
