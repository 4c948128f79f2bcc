import { localTimeOf } from "./local-time.ts";
import type { LocalTime } from "./local-time.ts";
import type { Interval } from "./wire.ts";

const whole = new Intl.NumberFormat("en-US");
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });
const relative = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** `12,304` */
export function count(value: number): string {
  return whole.format(value);
}

/** `12.3K` */
export function compact(value: number): string {
  return short.format(value);
}

/** `12.4%` of a share. */
export function share(value: number): string {
  return percent.format(value);
}

export function dayMonth({ day, month }: LocalTime): string {
  return `${day} ${MONTHS[month - 1]}`;
}

export function monthName({ month }: LocalTime): string {
  return MONTHS[month - 1];
}

export function monthYear({ month, year }: LocalTime): string {
  return `${MONTHS[month - 1]} ${year}`;
}

/** `Tue, 3 Mar 2026` */
export function fullDate(written: string): string {
  const time = localTimeOf(written);
  return `${WEEKDAYS[time.weekday]}, ${dayMonth(time)} ${time.year}`;
}

/** `14:05` of an RFC 3339 instant as it is written. */
export function clockOf(written: string): string {
  const { hour, minute } = localTimeOf(written);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** What a bucket is called in full: `Tue, 3 Mar 2026`, `Tue, 3 Mar 2026, 14:00`, `Week of 2 Mar 2026`, `Mar 2026`. */
export function bucketName(start: string, interval: Interval): string {
  const time = localTimeOf(start);
  switch (interval) {
    case "hour":
      return `${fullDate(start)}, ${clockOf(start)}`;
    case "day":
      return fullDate(start);
    case "week":
      return `Week of ${dayMonth(time)} ${time.year}`;
    case "month":
      return monthYear(time);
    default:
      return interval satisfies never;
  }
}

/** `1–30 Mar 2026`, `28 Feb – 29 Mar 2026`; both ends are dates that belong to the range. */
export function dateRange(from: string, to: string): string {
  const [first, last] = [localTimeOf(from), localTimeOf(to)];
  if (first.year !== last.year) return `${dayMonth(first)} ${first.year} – ${dayMonth(last)} ${last.year}`;
  if (first.month !== last.month) return `${dayMonth(first)} – ${dayMonth(last)} ${last.year}`;
  return first.day === last.day
    ? `${dayMonth(last)} ${last.year}`
    : `${first.day}–${dayMonth(last)} ${last.year}`;
}

export interface Change {
  direction: "up" | "down" | "same" | "new";
  /** `12%`, without sign; empty where there is nothing to compare. */
  amount: string;
}

/** How `now` stands to `before`; `null` where one of them is not known. */
export function changeOf(now: number | null, before: number | null): Change | null {
  if (now === null || before === null) return null;
  if (now === before) return { direction: "same", amount: "" };
  if (before === 0) return { direction: "new", amount: "" };
  const ratio = Math.abs(now - before) / before;
  const amount = ratio >= 10 ? `${count(Math.round(ratio * 100))}%` : share(ratio);
  return { direction: now > before ? "up" : "down", amount };
}

const UNITS = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** `3 minutes ago`, `yesterday`; `just now` within a minute, also for a clock that is ahead. */
export function ago(at: number, now: number): string {
  const passed = now - at;
  const [unit, ms] = UNITS.find(([, ms]) => passed >= ms) ?? ["second", 1_000];
  return unit === "second" ? "just now" : relative.format(-Math.floor(passed / ms), unit);
}

/** `Tue, 3 Mar 2026, 14:05:09 (Europe/Berlin)` */
export function exactTime(instant: string, zone: string): string {
  const parts = { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" } as const;
  const at = Date.parse(instant);
  try {
    return `${new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone }).format(at)} (${zone})`;
  } catch {
    return `${new Date(at).toISOString()} (UTC)`;
  }
}

/** `14:05` of an instant in a zone. */
export function clockIn(instant: string, zone: string): string {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone }).format(Date.parse(instant));
  } catch {
    return new Date(Date.parse(instant)).toISOString().slice(11, 16);
  }
}
