import { DAY_MS, QUARTER_MS } from "./event.ts";
import { instantOf, localDayOf, segmentsOf, startOfLocalDay, type Zone } from "./zone.ts";

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** Quarters of an hour since the epoch: [from, to). Boundaries of zones fall on them; odd ones of the past are rounded. */
export interface Span {
  from: number;
  to: number;
}

/** One point of a series. */
export interface Point extends Span {
  /** The day, Monday or month (from 1970-01) that it is the whole of; `null` for a part of one, and for hours. */
  unit: number | null;
}

const HOUR_MS = 3_600_000;
/** 1970-01-01 was a Thursday, so that Monday is the third day before. */
const MONDAY = -3;

export function mondayOf(day: number): number {
  return day - ((((day - MONDAY) % 7) + 7) % 7);
}

/** Months since 1970-01 of a day of the calendar. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The first day of a month since 1970-01. */
export function firstDayOf(month: number): number {
  return Date.UTC(1970, month, 1) / DAY_MS;
}

export function quarterAt(at: number): number {
  return Math.round(at / QUARTER_MS);
}

/** The first quarter of a day of the zone's calendar. */
export function startQuarterOf(zone: Zone, day: number): number {
  return quarterAt(startOfLocalDay(zone, day));
}

export interface Unit {
  /** What names it: see `Point.unit`. */
  unit: number;
  /** Days of the calendar: [firstDay, endDay). */
  firstDay: number;
  endDay: number;
}

/** The day, week or month that a day of the calendar lies in. */
export function unitOf(interval: Exclude<Interval, "hour">, day: number): Unit {
  if (interval === "day") return { unit: day, firstDay: day, endDay: day + 1 };
  if (interval === "week") {
    const monday = mondayOf(day);
    return { unit: monday, firstDay: monday, endDay: monday + 7 };
  }
  const month = monthOf(day);
  return { unit: month, firstDay: firstDayOf(month), endDay: firstDayOf(month + 1) };
}

/** The points of a span on the zone's calendar, in order and without a gap; the first and last may be parts. */
export function pointsOf(zone: Zone, span: Span, interval: Interval): Point[] {
  if (interval === "hour") return hoursOf(zone, span);
  const points: Point[] = [];
  let from = span.from;
  for (let day = localDayOf(zone, span.from * QUARTER_MS); from < span.to;) {
    const { unit, firstDay, endDay } = unitOf(interval, day);
    const end = startQuarterOf(zone, endDay);
    const to = Math.min(end, span.to);
    day = endDay;
    // A day that the calendar skips (Samoa, 2011-12-30) has no quarter and no point.
    if (to <= from) continue;
    const isWhole = to === end && from === startQuarterOf(zone, firstDay);
    points.push({ from, to, unit: isWhole ? unit : null });
    from = to;
  }
  return points;
}

/**
 * An hour begins where the clock shows a whole hour, or jumps into another one: the hour that is repeated in autumn is
 * two points, the one of which Lord Howe repeats half is one of 90 minutes.
 */
function hoursOf(zone: Zone, span: Span): Point[] {
  const starts = [span.from];
  const segments = segmentsOf(zone, span.from * QUARTER_MS, span.to * QUARTER_MS);
  for (const [index, { from, to, offset }] of segments.entries()) {
    const shown = from + offset;
    const before = index === 0 ? null : from - 1 + segments[index - 1].offset;
    if (before !== null && Math.floor(shown / HOUR_MS) !== Math.floor(before / HOUR_MS)) {
      starts.push(quarterAt(from));
    }
    const first = Math.ceil(shown / HOUR_MS) * HOUR_MS - offset;
    for (let at = first; at < to; at += HOUR_MS) starts.push(quarterAt(at));
  }
  const unique = starts.filter((start, index) => index === 0 || start > starts[index - 1]);
  return unique.map((from, index) => ({ from, to: unique[index + 1] ?? span.to, unit: null }));
}

/** The quarter at which the clock first shows a time of day (milliseconds) of a day, as `instantOf`. */
export function quarterOfWall(zone: Zone, wall: number): number {
  return quarterAt(instantOf(zone, wall));
}

/** Weeks in UTC from Monday, counted from that of 1970-01-01, of a day in UTC. */
export function weekOf(day: number): number {
  return Math.floor((day - MONDAY) / 7);
}

/** The Monday in UTC of a week as `weekOf` counts them. */
export function firstDayOfWeek(week: number): number {
  return week * 7 + MONDAY;
}
