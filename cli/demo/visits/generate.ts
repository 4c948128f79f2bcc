import { Choice } from "../choice.ts";
import type { DemoUser } from "../people/generate.ts";
import { createRandom, type Random } from "../random.ts";
import { placesOf, type Places } from "./places.ts";
import { campaignFactor, levelOf, momentOfDay } from "./rhythm.ts";
import { crawl, visit, type Happening } from "./visit.ts";

/** An event as the API takes it. */
export interface WireEvent extends Omit<Happening, "at"> {
  id: string;
  /** RFC 3339. */
  at: string;
}

export interface VisitsOptions {
  users: readonly DemoUser[];
  /** The last moment, in milliseconds since the epoch. */
  until: number;
  /** Leave out what is not later than this: it was loaded before. */
  since?: number;
  /** How many events, within a few in a hundred; 150,000 by default. */
  count?: number;
  /** Days covered; 390 by default, within the retention that organisations begin with. */
  days?: number;
  seed?: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LIVE_MS = 28 * MINUTE_MS;
const LIVE_VISITS = 14;
const EVENTS_A_VISIT = 4.76;
const CRAWLS_A_VISIT = 0.06;
const NOISE = 0.07;

interface Shop {
  users: readonly DemoUser[];
  choice: Choice<DemoUser>;
  places: Places;
}

/**
 * Months of visits to the demo shop: more in the evening, fewer at weekends, growing, with a campaign's days and machines
 * among the people; the last half hour is busy. Day after day, each in the order of time. Same options, same events; on
 * one day also the same ids, so that what is generated twice on it is known the second time.
 */
export function* generateDemoVisits(options: VisitsOptions): Generator<WireEvent> {
  const { users, until, since = 0, count = 150_000, days = 390, seed = 1 } = options;
  if (users.length === 0) return;
  const shop: Shop = {
    users,
    choice: new Choice(users, ({ appetite }) => appetite),
    places: placesOf(seed),
  };
  const last = Math.floor(until / DAY_MS);
  const all = Array.from({ length: days }, (_, i) => planOf(last - days + 1 + i, last, days));
  const sum = all.reduce((total, { level, extra }) => total + level + extra, 0);
  const visitsALevel = count / (EVENTS_A_VISIT * sum);
  for (const plan of all) {
    // People east of Greenwich begin their day before it.
    if ((plan.day + 2) * DAY_MS < since) continue;
    const random = createRandom(seed * 1_000_003 + plan.day);
    const happenings = dayOf(random, shop, plan, visitsALevel);
    yield* identified(`demo-${last}-${plan.day}`, happenings, { since, until });
  }
  // Of the minute, so that the same id never has other content.
  const minute = Math.floor(until / MINUTE_MS);
  const live = liveVisits(createRandom(seed + minute), shop, minute * MINUTE_MS);
  yield* identified(`demo-live-${minute}`, live, { since, until: minute * MINUTE_MS });
}

interface DayPlan {
  day: number;
  /** From 0 to 1 over the time covered. */
  share: number;
  level: number;
  /** What a campaign adds to the level. */
  extra: number;
}

function planOf(day: number, last: number, days: number): DayPlan {
  const share = 1 - (last - day) / days;
  const level = levelOf(day, share);
  return { day, share, level, extra: level * (campaignFactor(last - day) - 1) };
}

function dayOf(
  random: Random,
  { users, choice, places }: Shop,
  { day, share, level, extra }: DayPlan,
  visitsALevel: number,
): Happening[] {
  const events: Happening[] = [];
  const joined = Math.max(1, users.findLastIndex((user) => user.joined <= share) + 1);
  const noise = 1 + random.gaussian() * NOISE;
  // What is over a whole number is a chance, so that few visits spread over the days too.
  const visits = Math.floor((level + extra) * visitsALevel * noise + random.next());
  const campaignShare = extra / (level + extra);
  for (let i = 0; i < visits; i++) {
    const user = choice.pick(random, joined);
    const at = day * DAY_MS + momentOfDay(random, day) - user.offset * MINUTE_MS;
    events.push(...visit(random, { user, places, at, isCampaign: random.chance(campaignShare) }));
  }
  for (let i = Math.floor(level * visitsALevel * CRAWLS_A_VISIT + random.next()); i > 0; i--) {
    events.push(...crawl(random, places, day * DAY_MS + random.below(DAY_MS)));
  }
  return events;
}

/** So that the last half hour is not empty at whatever hour somebody looks. */
function liveVisits(random: Random, { choice, places }: Shop, until: number): Happening[] {
  return Array.from({ length: LIVE_VISITS }, (_, i) => {
    const at = until - LIVE_MS + Math.floor((i * LIVE_MS) / LIVE_VISITS) + random.below(MINUTE_MS);
    return [...visit(random, { user: choice.pick(random), places, at, isCampaign: false })];
  }).flat();
}

/** With ids by the order in which they were made, in the order of time, without what was loaded before or has not happened yet. */
function identified(
  prefix: string,
  happenings: readonly Happening[],
  { since, until }: { since: number; until: number },
): WireEvent[] {
  return happenings
    .map((happening, i) => ({ ...happening, id: `${prefix}-${i}` }))
    .filter(({ at }) => at > since && at <= until)
    .sort((a, b) => a.at - b.at)
    .map((event) => ({ ...event, at: new Date(event.at).toISOString() }));
}
