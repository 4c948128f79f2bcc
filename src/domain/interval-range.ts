import type { FieldError } from "./errors.ts";
import { AppError } from "./errors.ts";
import { DAY_MS, DAY_QUARTERS, QUARTER_MS } from "./event.ts";
import { firstDayOf, type Interval, monthOf, quarterOfWall, type Span, startQuarterOf } from "./interval.ts";
import { localDayOf, type Zone } from "./zone.ts";

export const COMPARISONS = ["previous", "year"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A span on a zone's calendar. */
export interface Range extends Span {
  /** The days [first, end) that it is the whole of; `null` where it begins or ends within a day. */
  days: { first: number; end: number } | null;
}

interface Limit {
  days: number;
  said: string;
}

/** How long a range may be, by interval; a day more than said, for ranges given by instants. */
const LIMITS: Readonly<Record<Interval, Limit>> = {
  hour: { days: 31, said: "31 days" },
  day: { days: 400, said: "400 days" },
  week: { days: 5 * 366, said: "5 years" },
  month: { days: 10 * 366, said: "10 years" },
};
const DEFAULT_DAYS = 30;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/i;
const EXPECTED = "Expected a date such as 2026-03-01 or an instant such as 2026-03-01T12:00:00Z";
const OUT_OF_TIME = "Expected a day that the calendar has, from 1970 to 9998";

function refuse(errors: readonly FieldError[]): never {
  throw new AppError("bad_request", {
    detail: `The range is not valid: ${errors[0].message}`,
    errors,
  });
}

/** The number of a day that the calendar has, from 1970 to 9998; `null` else. */
function parseDate(text: string): number | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS;
  const isReal = new Date(day * DAY_MS).toISOString().slice(0, 10) === text;
  return isReal && day >= 0 && Number(match[1]) < 9_999 ? day : null;
}

/** Milliseconds since the epoch, from 1970 to 9998; `null` else. */
function parseInstant(text: string): number | null {
  if (!INSTANT.test(text) || parseDate(text.slice(0, 10)) === null) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** An edge in quarters; a date is its first, or where it ends a range its last. An instant is widened to quarters. */
function edgeOf(zone: Zone, text: string, edge: "from" | "to"): number | null {
  const day = parseDate(text);
  if (day !== null) return startQuarterOf(zone, edge === "from" ? day : day + 1);
  const at = parseInstant(text);
  if (at === null) return null;
  return edge === "from" ? Math.floor(at / QUARTER_MS) : Math.ceil(at / QUARTER_MS);
}

function faultOf(text: string): string {
  return DATE.test(text) || INSTANT.test(text) ? OUT_OF_TIME : EXPECTED;
}

/** The range of a span: which days it is the whole of is told by the calendar, however it was given. */
function rangeOf(zone: Zone, { from, to }: Span): Range {
  const first = dayStartingAt(zone, from);
  const end = dayStartingAt(zone, to);
  return { from, to, days: first === null || end === null ? null : { first, end } };
}

function dayStartingAt(zone: Zone, quarter: number): number | null {
  const day = localDayOf(zone, quarter * QUARTER_MS);
  return startQuarterOf(zone, day) === quarter ? day : null;
}

/**
 * The range from `from` to `to`: local dates (`to` is the last day) or RFC 3339 instants (`to` is not in it), by default the
 * 30 days up to today, or those up to or from the one given. 400 with `errors` for what is neither, backwards or empty.
 */
export function parseRange(
  zone: Zone,
  given: { from: string | null; to: string | null },
  now: number,
): Range {
  const today = localDayOf(zone, now);
  const to = given.to === null ? null : edgeOf(zone, given.to, "to");
  const from = given.from === null ? null : edgeOf(zone, given.from, "from");
  const errors: FieldError[] = [];
  if (given.from !== null && from === null) errors.push({ path: "from", message: faultOf(given.from) });
  if (given.to !== null && to === null) errors.push({ path: "to", message: faultOf(given.to) });
  if (errors.length > 0) refuse(errors);
  const end = to ?? startQuarterOf(zone, today + 1);
  const first = from ?? startQuarterOf(zone, localDayOf(zone, (end - 1) * QUARTER_MS) - DEFAULT_DAYS + 1);
  if (first >= end)
    refuse([{ path: given.to === null ? "from" : "to", message: "The range ends before it begins" }]);
  return rangeOf(zone, { from: first, to: end });
}

/** The interval asked for, or one that gives some 15 to 120 points; 400 where the range is too long for it. */
export function intervalOf({ from, to }: Span, asked: Interval | null): Interval {
  const days = (to - from) / DAY_QUARTERS;
  const interval = asked ?? (days <= 3 ? "hour" : days <= 120 ? "day" : days <= 2 * 366 ? "week" : "month");
  const { days: allowed, said } = LIMITS[interval];
  if (days <= allowed + 1) return interval;
  const all = Object.entries(LIMITS).map(([name, limit]) => `${limit.said} by ${name}`);
  refuse([
    {
      path: asked === null ? "from" : "interval",
      message: `A range by ${interval} has at most ${said} (${all.join(", ")})`,
    },
  ]);
}

/**
 * What a range is compared with. `previous`: for whole months of the calendar as many months before, else the same length
 * just before. `year`: the same dates and times of day a year before; 29 February is compared with the 28th.
 */
export function comparedRange(zone: Zone, range: Range, comparison: Comparison): Range {
  if (comparison === "year") return yearBefore(zone, range);
  const { days } = range;
  if (days === null) return rangeOf(zone, { from: 2 * range.from - range.to, to: range.from });
  const months = monthOf(days.end) - monthOf(days.first);
  const isMonths =
    firstDayOf(monthOf(days.first)) === days.first && firstDayOf(monthOf(days.end)) === days.end;
  const first = isMonths ? firstDayOf(monthOf(days.first) - months) : 2 * days.first - days.end;
  return { from: startQuarterOf(zone, first), to: range.from, days: { first, end: days.first } };
}

function yearBefore(zone: Zone, { from, to }: Range): Range {
  const [first, end] = [from, to].map((quarter) => {
    const at = quarter * QUARTER_MS;
    const day = localDayOf(zone, at);
    const sinceMidnight = at + zone.offsetAt(at) - day * DAY_MS;
    const before = dayAYearBefore(day);
    // A day without a midnight begins where the clock lands; its counterpart begins at its own beginning.
    if (dayStartingAt(zone, quarter) !== null) return startQuarterOf(zone, before);
    return quarterOfWall(zone, before * DAY_MS + sinceMidnight);
  });
  return rangeOf(zone, { from: first, to: Math.max(end, first + 1) });
}

function dayAYearBefore(day: number): number {
  const month = monthOf(day) - 12;
  const first = firstDayOf(month);
  return Math.min(first + (day - firstDayOf(month + 12)), firstDayOf(month + 1) - 1);
}
