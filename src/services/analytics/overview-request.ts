import type { UtcDays, ViewSpan } from "../../db/queries/overview.ts";
import { AppError } from "../../domain/errors.ts";
import { DAY_QUARTERS, dayOf } from "../../domain/event.ts";
import {
  firstDayOf,
  type Interval,
  monthOf,
  type Point,
  pointsOf,
  type Span,
  weekOf,
} from "../../domain/interval.ts";
import {
  comparedRange,
  type Comparison,
  intervalOf,
  parseRange,
  type Range,
} from "../../domain/interval-range.ts";
import { openZone, type Zone } from "../../domain/zone.ts";

/** As it was asked for; `null` for what was left out. */
export interface OverviewInput {
  /** Id or slug. */
  org: string;
  from: string | null;
  to: string | null;
  tz: string | null;
  interval: Interval | null;
  compare: Comparison | null;
}

/** A range and its points. */
export interface Series {
  range: Range;
  points: Point[];
}

export interface OverviewRequest {
  zone: Zone;
  /** As it was asked for. */
  tz: string;
  interval: Interval;
  main: Series;
  comparison: Series | null;
  /** Milliseconds since the epoch. */
  now: number;
  /** Of `now`, as `weekOf` counts. */
  week: number;
}

/** What is asked for in the zone `tz`. 400 with `errors` for a range, interval or zone that cannot be answered. */
export function readRequest(input: OverviewInput, tz: string, now: number): OverviewRequest {
  const zone = openZone(tz);
  if (zone === null) {
    const errors = [{ path: "tz", message: "Expected the name of a time zone such as Europe/Berlin" }];
    throw new AppError("bad_request", { detail: `There is no time zone "${tz.slice(0, 64)}"`, errors });
  }
  const range = parseRange(zone, input, now);
  const interval = intervalOf(range, input.interval);
  const seriesOf = (of: Range): Series => ({ range: of, points: pointsOf(zone, of, interval) });
  const comparison = input.compare === null ? null : seriesOf(comparedRange(zone, range, input.compare));
  return { zone, tz, interval, main: seriesOf(range), comparison, now, week: weekOf(dayOf(now)) };
}

/** The whole days in UTC nearest to a span, at least one. */
export function utcDaysOf({ from, to }: Span): UtcDays {
  const first = Math.round(from / DAY_QUARTERS);
  return { first, end: Math.max(first + 1, Math.round(to / DAY_QUARTERS)) };
}

/**
 * The lists of `view_counts` that make up days in UTC: whole months, and days at the edges, or a month without its other
 * days where those are fewer. Days after `today` have no rows.
 */
export function viewListsOf({ first, end }: UtcDays, today: number): ViewSpan[] {
  const spans: ViewSpan[] = [];
  for (let from = first; from < end;) {
    const month = monthOf(from);
    const monthEnd = firstDayOf(month + 1);
    const to = Math.min(end, monthEnd);
    const others = [
      ...daysBetween(firstDayOf(month), from),
      ...daysBetween(to, Math.min(monthEnd, today + 2)),
    ];
    const ofDay = (sign: 1 | -1) => (start: number) => ({ period: 0, start, sign }) as const;
    if (others.length + 1 < to - from)
      spans.push({ period: 1, start: month, sign: 1 }, ...others.map(ofDay(-1)));
    else spans.push(...daysBetween(from, to).map(ofDay(1)));
    from = to;
  }
  return spans;
}

function daysBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
