import { dayMonth, monthName, monthYear } from "./format.ts";
import { localTimeOf } from "./local-time.ts";
import type { LocalTime } from "./local-time.ts";
import type { Interval } from "./wire.ts";

export interface TimeTick {
  index: number;
  label: string;
}

interface Bucket extends LocalTime {
  index: number;
  /** The first bucket of its local day, month or year: the hour 0 is skipped or repeated in some zones. */
  opensDay: boolean;
  opensMonth: boolean;
  opensYear: boolean;
}

type Choice = (bucket: Bucket) => boolean;

const HOURS: readonly Choice[] = [
  ({ hour, opensDay }) => opensDay || (hour !== 0 && hour % 3 === 0),
  ({ hour, opensDay }) => opensDay || (hour !== 0 && hour % 6 === 0),
  ({ hour, opensDay }) => opensDay || hour === 12,
  ({ opensDay }) => opensDay,
  ({ opensDay, day }) => opensDay && day % 2 === 1,
  ({ opensDay, weekday }) => opensDay && weekday === 0,
];
const DAYS: readonly Choice[] = [
  () => true,
  ({ index }) => index % 2 === 0,
  ({ weekday }) => weekday === 0,
  ({ day }) => day === 1 || day === 15,
];
const WEEKS: readonly Choice[] = [() => true, ({ index }) => index % 2 === 0, ({ opensMonth }) => opensMonth];
const MONTHS: readonly Choice[] = [
  ({ opensMonth }) => opensMonth,
  ({ opensMonth, month }) => opensMonth && month % 3 === 1,
  ({ opensMonth, month }) => opensMonth && month % 6 === 1,
  ({ opensYear }) => opensYear,
];
const CHOICES: Readonly<Record<Interval, readonly Choice[]>> = {
  hour: [...HOURS, ...DAYS.slice(3), ...MONTHS],
  day: [...DAYS, ...MONTHS],
  week: [...WEEKS, ...MONTHS],
  month: MONTHS,
};

/**
 * Which buckets of a series carry a label, at most `max`: the finest of the calendar's own steps (hours, days, Mondays,
 * firsts of a month, quarters, years) that fits. Starts carry the zone's offset, so the local calendar is in them.
 */
export function timeTicks(starts: readonly string[], interval: Interval, max: number): TimeTick[] {
  const buckets = bucketsOf(starts);
  const chosen = CHOICES[interval].map((choice) => buckets.filter(choice));
  const fitting = chosen.find((ticks) => ticks.length > 1 && ticks.length <= max);
  const ticks = fitting ?? spread(buckets, Math.min(max, buckets.length));
  return ticks.map((bucket) => ({ index: bucket.index, label: labelOf(bucket, interval) }));
}

function bucketsOf(starts: readonly string[]): Bucket[] {
  let before: LocalTime | undefined;
  return starts.map((start, index) => {
    const time = localTimeOf(start);
    // Of a series that begins within a day or a month, the first bucket opens it only where it is its start.
    const opensYear = before === undefined ? time.month === 1 && time.day <= 7 : before.year !== time.year;
    const opensMonth = opensYear || (before === undefined ? time.day === 1 : before.month !== time.month);
    const opensDay = opensMonth || (before === undefined ? time.hour === 0 : before.day !== time.day);
    before = time;
    return { ...time, index, opensDay, opensMonth, opensYear };
  });
}

function spread(buckets: readonly Bucket[], count: number): Bucket[] {
  const step = Math.max(1, Math.ceil(buckets.length / Math.max(1, count)));
  return buckets.filter(({ index }) => index % step === 0);
}

function labelOf(bucket: Bucket, interval: Interval): string {
  if (interval === "month") return bucket.opensYear ? String(bucket.year) : monthName(bucket);
  if (interval === "hour" && !bucket.opensDay) return clock(bucket);
  return bucket.opensYear && interval !== "hour" && bucket.day === 1 ? monthYear(bucket) : dayMonth(bucket);
}

function clock({ hour, minute }: LocalTime): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
