import type { Figures } from "./figures.ts";
import { foldedRowsAt } from "./measured.ts";
import type { Measured } from "./measured.ts";
import { LOG_EVENTS_PER_INVOCATION, OPERATIONS_PER_MESSAGE, ROWS_READ_FACTOR } from "./prices.ts";
import type { Usage } from "./prices.ts";
import type { Scenario } from "./scenario.ts";
import { sharesOf } from "./traffic.ts";
import type { Visited } from "./traffic.ts";
import { atMostOnce, work } from "./work.ts";
import type { Work } from "./work.ts";

export const MONTH_SECONDS = 730 * 3_600;
/** README's limit of one isolate. */
export const PRODUCTS_PER_ISOLATE = 250_000;
const PRODUCTS_PER_SEGMENT = 25_000;
const FRESH_SECONDS = 0.7;
export const MERGE_SECONDS = 600;
export const MERGE_CHANGES = 500;
export const FLUSH_SECONDS = 2;
/** Friends of a writer who have a timeline: a tenth of a hundred. */
const TIMELINE_ROWS = 10;
/** Each minute a sample of the events is counted anew: at most about so many rows. */
const SAMPLE_ROWS = 20_000;
/** At most, as the class `heavy` has it. */
const TICK_MS = 100;
const OBJECT_GB = 0.128;
const IDLE_SECONDS = 10;

export interface Facts {
  scenario: Scenario;
  traffic: readonly Visited[];
  figures: Figures;
  measured: Measured;
}

/** So many isolates hold the whole index together; more than one is not built. */
export function partitionsOf({ products }: Scenario): number {
  return Math.max(1, Math.ceil(products / PRODUCTS_PER_ISOLATE));
}

/** Requests a second, those of each route counted as often as `weight` says. */
export function rateOf({ scenario, traffic }: Facts, weight: (visited: Visited) => number): number {
  const shares = sharesOf(traffic);
  const share = traffic.reduce((sum, visited, i) => sum + shares[i] * weight(visited), 0);
  return (scenario.requests * share) / MONTH_SECONDS;
}

export function changesPerSecond(facts: Facts): number {
  return rateOf(facts, ({ route }) => (route === "PUT /v1/products/{id}" ? 1 : 0));
}

export function eventsPerSecond(facts: Facts): number {
  return rateOf(facts, ({ events = 0 }) => events);
}

function invocations(n: number): Pick<Usage, "requests" | "logEvents"> {
  return { requests: n, logEvents: n * LOG_EVENTS_PER_INVOCATION };
}

/** Each isolate asks for changes while it is searched, and reads each once: an entry of an index and a row. */
function following(facts: Facts): Work {
  const { scenario, measured } = facts;
  const searches = rateOf(facts, ({ isSearch, hits = 0 }) => (isSearch === true ? 1 - hits : 0));
  const holders = scenario.isolates * partitionsOf(scenario);
  const polls = holders * MONTH_SECONDS * atMostOnce(searches / scenario.isolates, FRESH_SECONDS);
  const changes = changesPerSecond(facts) * MONTH_SECONDS * scenario.isolates * 2;
  const rowsRead = polls * measured.poll.rowsRead * ROWS_READ_FACTOR + changes;
  return {
    ...work("isolates follow the catalogue", "job", polls, { rowsRead }),
    trips: polls * measured.poll.trips,
  };
}

function coldStarts(facts: Facts): Work {
  const { scenario, figures } = facts;
  const perIsolate = rateOf(facts, () => 1) / scenario.isolates;
  const starts = scenario.isolates * MONTH_SECONDS * atMostOnce(perIsolate, scenario.isolateHours * 3_600);
  const partitions = partitionsOf(scenario);
  const blobReads = starts * Math.max(partitions, Math.ceil(scenario.products / PRODUCTS_PER_SEGMENT));
  const cpuMs = starts * partitions * figures.coldStartMs.value;
  return {
    ...work("isolates load the index", "job", starts, { blobReads, cpuMs }),
    trips: starts * partitions,
  };
}

/** After 500 changes or ten minutes; each isolate then loads what is new. */
function merging(facts: Facts): Work {
  const { scenario, measured } = facts;
  const changes = changesPerSecond(facts);
  const merges = MONTH_SECONDS * (atMostOnce(changes, MERGE_SECONDS) + changes / MERGE_CHANGES);
  const { trips, rowsBilled, blobReads, blobWrites } = measured.merge;
  const usage = {
    ...invocations(merges),
    queueOperations: merges * OPERATIONS_PER_MESSAGE,
    rowsRead: changes * MONTH_SECONDS * ROWS_READ_FACTOR,
    rowsWritten: merges * rowsBilled,
    blobReads: merges * (blobReads + scenario.isolates),
    blobWrites: merges * blobWrites,
  };
  return { ...work("merges of the index", "job", merges, usage), trips: merges * trips, messages: merges };
}

/** A message from each isolate for each organisation in that time at most; the fold that comes first takes all that waits. */
function folding(facts: Facts): Work {
  const { scenario, measured } = facts;
  const { isolates, organisations, foldSeconds } = scenario;
  const events = eventsPerSecond(facts);
  const sent = rateOf(facts, ({ events: brought = 0 }) => (brought > 0 ? 1 : 0));
  const pairs = isolates * organisations;
  const messages = pairs * MONTH_SECONDS * atMostOnce(sent / pairs, foldSeconds);
  const folds = organisations * MONTH_SECONDS * atMostOnce(events / organisations, foldSeconds);
  const rows = foldedRowsAt(measured, 1 + (events / organisations) * foldSeconds);
  const usage = {
    ...invocations(messages),
    queueOperations: messages * OPERATIONS_PER_MESSAGE,
    cpuMs: messages,
    rowsRead: events * MONTH_SECONDS * ROWS_READ_FACTOR,
    rowsWritten: events * MONTH_SECONDS * rows,
  };
  return {
    ...work("folds of events", "job", folds, usage),
    trips: messages + folds,
    writes: folds,
    messages,
  };
}

/** In the long run as many as come. */
function forgetting(facts: Facts): Work {
  const events = eventsPerSecond(facts) * MONTH_SECONDS;
  return work("events forgotten after 400 days", "job", events, { rowsRead: events, rowsWritten: events });
}

function fanOut(facts: Facts): Work {
  const posts = rateOf(facts, ({ route }) => (route === "POST /v1/posts" ? 1 : 0)) * MONTH_SECONDS;
  const usage = {
    ...invocations(posts),
    queueOperations: posts * OPERATIONS_PER_MESSAGE,
    rowsRead: posts * TIMELINE_ROWS * ROWS_READ_FACTOR,
    rowsWritten: posts * TIMELINE_ROWS,
  };
  return {
    ...work("posts into timelines", "job", posts, usage),
    trips: posts * 2,
    writes: posts,
    messages: posts,
  };
}

function ticking({ measured: { tick } }: Facts): Work {
  const turns = MONTH_SECONDS / 60;
  const usage = {
    ...invocations(turns),
    cpuMs: turns * TICK_MS,
    rowsRead: turns * (tick.rowsRead * ROWS_READ_FACTOR + SAMPLE_ROWS),
    rowsWritten: turns * tick.rowsBilled,
  };
  return { ...work("the minute's tick", "job", turns, usage), trips: turns * tick.trips };
}

function flushing(facts: Facts): Work {
  const { isolates } = facts.scenario;
  const rate = rateOf(facts, () => 1);
  const flushes = isolates * MONTH_SECONDS * atMostOnce(rate / isolates, FLUSH_SECONDS);
  const awake = MONTH_SECONDS * IDLE_SECONDS * atMostOnce(rate, IDLE_SECONDS);
  return work("metrics of isolates", "job", flushes, {
    objectRequests: flushes,
    objectGbSeconds: awake * OBJECT_GB,
  });
}

export function jobsWork(facts: Facts): Work[] {
  const jobs = [following, coldStarts, merging, folding, forgetting, fanOut, ticking, flushing];
  return jobs.map((job) => job(facts));
}
