import { bucketName, clockOf, compact } from "./format.ts";
import { niceTicks } from "./scale.ts";
import { timeTicks } from "./time-ticks.ts";
import type { TimeTick } from "./time-ticks.ts";
import type { Live, Metric, Overview } from "./wire.ts";

export const METRIC_LABELS: Readonly<Record<Metric, string>> = {
  page_views: "Page views",
  active_users: "Active users",
  logins: "Logins",
  activities: "Activities",
};
/** So few points are separate things to compare, not a course. */
const MAX_BARS = 14;
const MAX_TIME_TICKS = 8;

export interface Reading {
  name: string;
  /** `null` while it is being computed. */
  value: number | null;
}

export interface ChartPoint extends Reading {
  before: Reading | null;
}

export type PlotId = "main-chart" | "live-chart";

/** All that a chart shows, in words and numbers: what is drawn, what the table lists and what the cursor says. */
export interface ChartModel {
  id: PlotId;
  /** What is counted: `Page views`. */
  label: string;
  /** What one point is: `Day`. */
  pointLabel: string;
  kind: "line" | "bars";
  points: readonly ChartPoint[];
  ticks: readonly number[];
  timeTicks: readonly TimeTick[];
  compared: boolean;
  /** The last point is not over yet. */
  isOpen: boolean;
}

const POINT_LABELS = { hour: "Hour", day: "Day", week: "Week", month: "Month" } as const;

/** One metric over the range, with that of the comparison point by point. */
export function seriesModel(overview: Overview, metric: Metric, now: number): ChartModel {
  const { series, comparison, interval } = overview;
  const points = series.map((point, index): ChartPoint => {
    const before = comparison?.series[index];
    return {
      name: bucketName(point.start, interval),
      value: point[metric],
      before:
        before === undefined ? null : { name: bucketName(before.start, interval), value: before[metric] },
    };
  });
  const starts = series.map(({ start }) => start);
  return {
    id: "main-chart",
    label: METRIC_LABELS[metric],
    pointLabel: POINT_LABELS[interval],
    kind: points.length <= MAX_BARS ? "bars" : "line",
    points,
    ticks: niceTicks(highest(points)),
    timeTicks: timeTicks(starts, interval, points.length <= MAX_BARS ? MAX_BARS : MAX_TIME_TICKS),
    compared: comparison !== null,
    isOpen: isOpen(overview, now),
  };
}

/** What happened in each of the last 30 minutes. */
export function liveModel({ minutes }: Live, clock: (instant: string) => string = clockOf): ChartModel {
  const points = minutes.map(({ start, page_views, logins, activities }) => ({
    name: clock(start),
    value: page_views + logins + activities,
    before: null,
  }));
  const last = minutes.length - 1;
  const timeTicks = [0, Math.round(last / 2), last]
    .filter((index, at, all) => index >= 0 && all.indexOf(index) === at)
    .map((index) => ({ index, label: index === last ? "now" : `${last - index} min ago` }));
  return {
    id: "live-chart",
    label: "Events",
    pointLabel: "Minute",
    kind: "bars",
    points,
    ticks: niceTicks(highest(points), 2),
    timeTicks,
    compared: false,
    isOpen: false,
  };
}

function highest(points: readonly ChartPoint[]): number {
  return points.reduce((max, { value, before }) => Math.max(max, value ?? 0, before?.value ?? 0), 0);
}

const BUCKET_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 28 * 86_400_000 } as const;

function isOpen({ series, interval }: Overview, now: number): boolean {
  const last = series[series.length - 1];
  return series.length > 1 && Date.parse(last.start) + BUCKET_MS[interval] > now;
}

/** The course of a metric up to the last point that is over. */
export function courseOf(overview: Overview, metric: Metric, now: number): (number | null)[] {
  const over = isOpen(overview, now) ? overview.series.slice(0, -1) : overview.series;
  return over.map((point) => point[metric]);
}

/** The index of the highest point; -1 where none is above 0. */
export function peakOf(points: readonly ChartPoint[]): number {
  let peak = -1;
  points.forEach(({ value }, index) => {
    if (value !== null && value > (peak < 0 ? 0 : (points[peak].value ?? 0))) peak = index;
  });
  return peak;
}

export function tickLabel(value: number): string {
  return compact(value);
}
