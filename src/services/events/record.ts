import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { DAY_MS, EVENT_TYPES } from "../../domain/event.ts";
import type { AnalyticsEvent } from "../../domain/event.ts";
import { uuidv7 } from "../../domain/ids.ts";
import { propertiesText } from "../../db/queries/event-batch.ts";
import type { AuditLine } from "../../db/queries/audit.ts";
import { storeEvents } from "../../db/queries/events.ts";
import type { KnownEvent, StoreOutcome } from "../../db/queries/events.ts";
import { adoptExperiments } from "../experiments/compile.ts";
import { outcomeJobOf } from "../experiments/outcomes.ts";
import { deferWritten } from "../outbox.ts";
import { requestFold } from "./request-fold.ts";
import type { FoldRequestDeps } from "./request-fold.ts";

export type RecordDeps = FoldRequestDeps & Pick<Deps, "db" | "config">;

/** What became of one event; `duplicate` and `conflict` tell of an id that came before, with the same content or another. */
export type EventOutcome = "accepted" | "duplicate" | "conflict" | "too_old";

/** Of one batch: a longer list is stored as several. */
export const MAX_BATCH_EVENTS = 1_000;

/**
 * Makes events durable and has them folded in soon; answers what became of each, in their order. An id that came before but
 * is not folded in yet counts as accepted here, and once in the counters; the first content holds. One round trip for each
 * 1,000 events. Throws `not_found` where there is no such organisation.
 */
export async function recordEvents(
  deps: RecordDeps,
  orgId: string,
  events: readonly AnalyticsEvent[],
  { keyId = "", audit }: { keyId?: string; audit?: AuditLine } = {},
): Promise<EventOutcome[]> {
  const outcomes: EventOutcome[] = [];
  for (let from = 0; from < events.length; from += MAX_BATCH_EVENTS) {
    const some = events.slice(from, from + MAX_BATCH_EVENTS);
    outcomes.push(...(await recordBatch(deps, { orgId, keyId, audit, events: some })));
  }
  return outcomes;
}

interface Batch {
  orgId: string;
  keyId: string;
  audit: AuditLine | undefined;
  events: readonly AnalyticsEvent[];
}

async function recordBatch(
  deps: RecordDeps,
  { orgId, keyId, audit, events }: Batch,
): Promise<EventOutcome[]> {
  const now = deps.clock.now();
  const firsts = new Map<string, AnalyticsEvent>();
  const repeats = events.map((event) => repeatOf(firsts, event));
  const fresh = [...firsts.values()];
  const job = outcomeJobOf(deps, orgId, fresh);
  const { version: experiments } = deps.isolate.experiments;
  const args = { orgId, keyId, audit, now, id: uuidv7(deps.clock), events: fresh, experiments, job };
  const stored = await storeEvents(deps.db, args);
  if (stored.org === null) throw new AppError("not_found", `There is no organisation "${orgId}"`);
  requestFold(deps, stored.org);
  deferWritten(deps, job === null ? [] : [job]);
  followExperiments(deps, orgId, fresh, stored.experiments);
  const known = new Map(stored.known.map((event) => [event.id, event]));
  const since = keptSince(stored, now);
  return events.map((event, i) => outcomeOf(event, known.get(event.id), since) ?? repeats[i] ?? "accepted");
}

/** Experiments that this isolate has just learnt of: an outcome that is told twice counts once. */
function followExperiments(
  deps: RecordDeps,
  orgId: string,
  events: readonly AnalyticsEvent[],
  row: StoreOutcome["experiments"],
): void {
  if (row === null) return;
  adoptExperiments(deps.isolate.experiments, row);
  const job = outcomeJobOf(deps, orgId, events);
  if (job === null) return;
  const sent = deps.jobs.send([job]);
  deps.lifetime.defer(
    sent.catch((error: unknown) => deps.log.warn("outcomes_not_sent", { job: job.id, error: String(error) })),
  );
}

/** Notes the first event of each id; what a later one is, `null` for a first. */
function repeatOf(firsts: Map<string, AnalyticsEvent>, event: AnalyticsEvent): EventOutcome | null {
  const first = firsts.get(event.id);
  if (first === undefined) {
    firsts.set(event.id, event);
    return null;
  }
  return comparedWith(knownOf(first), event);
}

/** What the organisation knows or keeps decides first, `null` where it says nothing. */
function outcomeOf(event: AnalyticsEvent, known: KnownEvent | undefined, since: number): EventOutcome | null {
  if (known !== undefined) return comparedWith(known, event);
  return event.at < since ? "too_old" : null;
}

function comparedWith(known: KnownEvent, event: AnalyticsEvent): "duplicate" | "conflict" {
  const given = knownOf(event);
  const isSame =
    known.type === given.type &&
    known.userId === given.userId &&
    known.at === given.at &&
    known.path === given.path &&
    known.referrer === given.referrer &&
    known.properties === given.properties;
  return isSame ? "duplicate" : "conflict";
}

function knownOf({ id, type, userId, at, path, referrer, properties }: AnalyticsEvent): KnownEvent {
  const text = propertiesText(properties);
  return { id, type: EVENT_TYPES.indexOf(type), userId, at, path, referrer, properties: text };
}

/** As the fold decides it: retention is by whole days in UTC. */
function keptSince({ retentionDays, forgottenBefore }: StoreOutcome, now: number): number {
  return Math.max(forgottenBefore, (Math.floor(now / DAY_MS) - retentionDays) * DAY_MS);
}
