import type { AnalyticsEvent, EventType } from "../../src/domain/event.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { recordEvents } from "../../src/services/events/record.ts";
import type { Overview } from "../../src/services/analytics/overview.ts";
import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { openApp, type TestApp } from "../http/open-app.ts";

export type Body = Overview & { as_of: string; version: number; rows_read: number };

export interface World extends TestApp {
  acme: Merchant;
  rival: Merchant;
  /** Asks acme's overview. */
  get(query: string, headers?: Record<string, string>): Promise<Response>;
  /** As `get`, of an answer that must be 200. */
  read(query: string): Promise<Body>;
  /** Records events of acme, or of another organisation, and folds them in. */
  add(events: readonly AnalyticsEvent[], orgId?: string): Promise<void>;
  /** Runs the jobs that are due. */
  work(): Promise<void>;
}

/** The real application with two organisations, at `now`; jobs run when they are told to. */
export async function openWorld(now: number): Promise<World> {
  const t = await openApp({ now });
  const scopes = ["stats:read", "events:write"];
  const acme = await newMerchant(t, "acme", scopes);
  const rival = await newMerchant(t, "rival", scopes);
  const get: World["get"] = (query, headers = {}) =>
    t.call(`/v1/orgs/acme/overview${query}`, { headers: { ...acme.headers, ...headers } });
  const read: World["read"] = async (query) => {
    const response = await get(query);
    if (response.status !== 200) throw new Error(`${query} answered ${await response.text()}`);
    return (await response.json()) as Body;
  };
  const work = async (): Promise<void> => {
    t.platform.clock.advance(2_000);
    await t.platform.jobs.drain((batch) => consume(openMemoryDeps(t.platform), batch));
    if (t.platform.jobs.failures.length > 0) throw new Error(String(t.platform.jobs.failures));
  };
  const add: World["add"] = async (events, orgId = acme.orgId) => {
    const deps = openMemoryDeps(t.platform, { receipt: newReceipt() });
    const outcomes = await recordEvents(deps, orgId, events);
    if (outcomes.some((outcome) => outcome !== "accepted")) throw new Error(`Events were ${outcomes.join()}`);
    await deps.lifetime.settle();
    await work();
  };
  return { ...t, acme, rival, get, read, add, work };
}

let sequence = 0;

export function event(userId: string, at: number, given: Partial<AnalyticsEvent> = {}): AnalyticsEvent {
  return {
    id: `e${sequence++}`,
    type: "page_view",
    userId,
    userName: null,
    isAnonymous: false,
    at,
    path: null,
    referrer: null,
    properties: null,
    bot: null,
    ...given,
  };
}

const TYPES: readonly EventType[] = ["login", "page_view", "page_view", "page_view", "activity"];

/** Events of `users` users, spread over [from, to), a tenth of them by machines. */
export function randomEvents(
  seed: number,
  { count, users, from, to }: { count: number; users: number; from: number; to: number },
): AnalyticsEvent[] {
  const random = mulberry32(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: count }, () =>
    event(`u${upTo(users)}`, from + upTo(to - from), {
      type: TYPES[upTo(TYPES.length)],
      path: upTo(4) === 0 ? null : `/p/${upTo(20)}`,
      referrer: upTo(3) === 0 ? `host${upTo(15)}.example` : null,
      bot: upTo(10) === 0 ? "user_agent" : null,
    }),
  );
}

export interface Counted {
  logins: number;
  page_views: number;
  activities: number;
  active_users: number;
}

/** Counts events of [from, to), milliseconds, one by one. */
export function countBetween(events: readonly AnalyticsEvent[], from: number, to: number): Counted {
  const within = events.filter(({ at, bot }) => bot === null && at >= from && at < to);
  const of = (type: EventType): number => within.filter((one) => one.type === type).length;
  const users = new Set(within.map(({ userId }) => userId));
  return {
    logins: of("login"),
    page_views: of("page_view"),
    activities: of("activity"),
    active_users: users.size,
  };
}
