import { mulberry32 } from "../../src/domain/random.ts";
import type { DashboardQuery } from "../../src/web/dashboard/query.ts";
import { STANDARD } from "../../src/web/dashboard/query.ts";
import type { DashboardState } from "../../src/web/dashboard/view.ts";
import { ready } from "../../src/web/dashboard/view.ts";
import type {
  Live,
  OrgUser,
  Overview,
  Period,
  SeriesPoint,
  Totals,
  UserPage,
} from "../../src/web/dashboard/wire.ts";

/** Noon on a Tuesday. */
export const NOW = Date.UTC(2026, 2, 31, 12, 3);
const DAY_MS = 86_400_000;

function series(end: number, days: number, level: number, seed: number): SeriesPoint[] {
  const random = mulberry32(seed);
  return Array.from({ length: days }, (_, index) => {
    const at = end - (days - 1 - index) * DAY_MS;
    const weekend = [0, 6].includes(new Date(at).getUTCDay()) ? 0.55 : 1;
    const views = Math.round(level * weekend * (0.8 + random() * 0.4) * (1 + (index / days) * 0.3));
    return {
      start: `${new Date(at).toISOString().slice(0, 10)}T00:00:00Z`,
      page_views: views,
      active_users: Math.round(views / 6.5),
      logins: Math.round(views / 14),
      activities: Math.round(views / 9),
    };
  });
}

function totalsOf(points: readonly SeriesPoint[], bots: number): Totals {
  const sum = (of: (point: SeriesPoint) => number) => points.reduce((total, point) => total + of(point), 0);
  return {
    page_views: sum((point) => point.page_views),
    logins: sum((point) => point.logins),
    activities: sum((point) => point.activities),
    active_users: Math.round(sum((point) => point.active_users ?? 0) * 0.31),
    bots,
  };
}

function period(end: number, days: number, level: number, seed: number): Period {
  const points = series(end, days, level, seed);
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  return {
    from: date(end - (days - 1) * DAY_MS),
    to: date(end),
    totals: totalsOf(points, Math.round(level / 3)),
    series: points,
  };
}

/** What the API answers for so many days up to `NOW`. */
export function overviewOf(days = 30): Overview {
  const today = Math.floor(NOW / DAY_MS) * DAY_MS;
  return {
    ...period(today, days, 11_000, 7),
    tz: "UTC",
    interval: "day",
    active_users_error: 0.016,
    comparison: period(today - days * DAY_MS, days, 9_600, 11),
    top_paths: ["/", "/p/walnut-table-lamp", "/c/lighting", "/p/enamel-mug", "/cart", "/about"].map(
      (path, index) => ({ path, page_views: Math.round(91_000 / (index * 1.3 + 1)) }),
    ),
    top_referrers: ["google.com", "news.ycombinator.com", "duckduckgo.com", "instagram.com"].map(
      (host, index) => ({ host, page_views: Math.round(22_000 / (index * 1.8 + 1)) }),
    ),
    bots: [
      { reason: "user_agent", events: 2_104 },
      { reason: "prefetch", events: 911 },
      { reason: "webdriver", events: 202 },
    ],
    retention: Array.from({ length: 8 }, (_, row) => ({
      cohort: new Date(today - (row + 1) * 7 * DAY_MS - DAY_MS).toISOString().slice(0, 10),
      users: 420 - row * 17,
      weeks: Array.from({ length: row + 2 }, (_, week) =>
        Math.round((420 - row * 17) * (week === 0 ? 1 : 0.58 / (1 + week * 0.22))),
      ),
    })),
    as_of: new Date(NOW - 4_000).toISOString(),
    version: 41,
  };
}

const NAMES = [
  "Ada Lovelace",
  "Grace Hopper",
  "Alan Turing",
  "Barbara Liskov",
  "Donald Knuth",
  "Радия Перлман",
];

export function userOf(index: number): OrgUser {
  return {
    id: `user-${index}`,
    name: index % 7 === 6 ? null : `${NAMES[index % NAMES.length]} ${index}`,
    logins: 90 - index,
    page_views: 1_900 - index * 31,
    activities: 40 + index,
    last_activity: index % 11 === 10 ? null : new Date(NOW - index ** 3 * 61_000).toISOString(),
  };
}

export function usersPage(from = 0, size = 20): UserPage {
  return {
    items: Array.from({ length: size }, (_, index) => userOf(from + index)),
    next_cursor: "more",
    as_of: new Date(NOW).toISOString(),
  };
}

export function liveOf(active = 23): Live {
  const random = mulberry32(3);
  return {
    active_users: active,
    active_users_capped: false,
    minutes: Array.from({ length: 30 }, (_, index) => ({
      start: new Date(NOW - (29 - index) * 60_000).toISOString(),
      page_views: Math.floor(random() * 9),
      logins: random() > 0.8 ? 1 : 0,
      activities: Math.floor(random() * 3),
    })),
    as_of: new Date(NOW).toISOString(),
  };
}

export function stateOf(query: Partial<DashboardQuery> = {}): DashboardState {
  return {
    org: "acme",
    query: { ...STANDARD, ...query },
    orgZone: "UTC",
    now: NOW,
    overview: ready(overviewOf()),
    users: ready(usersPage()),
    live: liveOf(),
  };
}
