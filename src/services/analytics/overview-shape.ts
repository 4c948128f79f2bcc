import type { OverviewRows, PointSums } from "../../db/queries/overview.ts";
import { BOT_REASONS, type BotReason, DAY_MS, QUARTER_MS } from "../../domain/event.ts";
import { firstDayOfWeek, type Interval } from "../../domain/interval.ts";
import { SKETCH_ERROR } from "../../domain/sketch.ts";
import { toZonedRfc3339 } from "../../domain/zone.ts";
import type { ActiveUsers } from "./overview-actives.ts";
import type { Cover } from "./overview-leaves.ts";
import type { OverviewRequest, Series } from "./overview-request.ts";

/** Cohorts shown: of this week and those before. */
export const COHORTS = 12;

interface Counts {
  logins: number;
  page_views: number;
  activities: number;
  /** `null` while it is being computed. */
  active_users: number | null;
}

export interface OverviewTotals extends Counts {
  bots: number;
}

export interface OverviewPoint extends Counts {
  /** RFC 3339 with the zone's offset. */
  start: string;
}

export interface OverviewSeries {
  from: string;
  /** Not in it. */
  to: string;
  totals: OverviewTotals;
  series: OverviewPoint[];
}

/** An overview as the API shows it. */
export interface Overview extends OverviewSeries {
  tz: string;
  interval: Interval;
  /** The relative standard error of `active_users`: 0 where all are exact. */
  active_users_error: number;
  comparison: OverviewSeries | null;
  top_paths: { path: string; page_views: number }[];
  top_referrers: { host: string; page_views: number }[];
  bots: { reason: BotReason; events: number }[];
  retention: { cohort: string; users: number; weeks: number[] }[];
}

/** What the active users of a series are united from. */
export interface SeriesCovers {
  total: Cover;
  points: readonly Cover[];
}

export interface Shaped {
  request: OverviewRequest;
  rows: OverviewRows;
  actives: ActiveUsers;
  covers: readonly SeriesCovers[];
}

export function shapeOverview(shaped: Shaped): Overview {
  const { request, rows, actives } = shaped;
  const main = shapeSeries(shaped, request.main, 0);
  const comparison = request.comparison === null ? null : shapeSeries(shaped, request.comparison, 1);
  const { from, to, totals, series } = main;
  return {
    from,
    to,
    tz: request.tz,
    interval: request.interval,
    totals,
    active_users_error: actives.isEstimated ? Number(SKETCH_ERROR.toFixed(4)) : 0,
    series,
    comparison,
    top_paths: rows.paths.map(({ value, views }) => ({ path: value, page_views: views })),
    top_referrers: rows.referrers.map(({ value, views }) => ({ host: value, page_views: views })),
    bots: botsOf(rows),
    retention: retentionOf(rows, request.week),
  };
}

/** `place` is 0 for the range asked for and 1 for what it is compared with, the points of which follow its own. */
function shapeSeries(shaped: Shaped, { range, points }: Series, place: 0 | 1): OverviewSeries {
  const { request, rows, actives, covers } = shaped;
  const offset = place === 0 ? 0 : request.main.points.length;
  const sums = new Map(rows.points.map((row) => [row.i - offset, row]));
  const at = (quarter: number) => toZonedRfc3339(request.zone, quarter * QUARTER_MS);
  const series = points.map(({ from }, index) => ({
    start: at(from),
    ...countsOf(sums.get(index)),
    active_users: actives.countOf(covers[place].points[index]),
  }));
  const total = (name: "logins" | "page_views" | "activities") =>
    series.reduce((sum, point) => sum + point[name], 0);
  const bots = rows.bots.filter(({ i }) => i === place).reduce((sum, { events }) => sum + events, 0);
  const counts = {
    logins: total("logins"),
    page_views: total("page_views"),
    activities: total("activities"),
  };
  const totals = { ...counts, active_users: actives.countOf(covers[place].total), bots };
  return { from: at(range.from), to: at(range.to), totals, series };
}

function countsOf(row: PointSums | undefined): Omit<Counts, "active_users"> {
  const { logins = 0, page_views = 0, activities = 0 } = row ?? {};
  return { logins, page_views, activities };
}

function botsOf({ bots }: OverviewRows): Overview["bots"] {
  return bots
    .filter(({ i }) => i === 0)
    .flatMap(({ reason, events }) => {
      const name = BOT_REASONS[reason];
      return name === undefined ? [] : [{ reason: name, events }];
    })
    .toSorted((a, b) => b.events - a.events);
}

/** From the first cohort that has users. Weeks without a row are zero: only who came is counted. */
function retentionOf({ cohorts }: OverviewRows, thisWeek: number): Overview["retention"] {
  const rows = new Map(cohorts.map(({ cohort, week, users }) => [`${cohort}.${week}`, users]));
  const known = [...new Set(cohorts.map(({ cohort }) => cohort))].filter((cohort) => cohort <= thisWeek);
  const first = known.findIndex((cohort) => rows.get(`${cohort}.${cohort}`) !== 0);
  return known.slice(first === -1 ? known.length : first).map((cohort) => {
    const usersIn = (_: unknown, later: number) => rows.get(`${cohort}.${cohort + later}`) ?? 0;
    const weeks = Array.from({ length: thisWeek - cohort + 1 }, usersIn);
    return { cohort: dateOf(firstDayOfWeek(cohort)), users: weeks[0], weeks };
  });
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Rows of tables that the answer was made from. */
export function rowsReadOf({ rows, actives }: Pick<Shaped, "rows" | "actives">): number {
  const sum = (list: readonly { read: number }[]) => list.reduce((total, { read }) => total + read, 0);
  const lists = [rows.paths, rows.referrers].map(([first]) => first?.read ?? 0);
  return sum(rows.points) + sum(rows.bots) + lists[0] + lists[1] + rows.cohorts.length + actives.rowsRead;
}
