import { DAY_MS, QUARTER_MS } from "../../domain/event.ts";
import { startQuarterOf } from "../../domain/interval.ts";
import { openZone } from "../../domain/zone.ts";

/** What a clock on the wall of the zone shows at an RFC 3339 instant that carries the zone's offset. */
export interface LocalTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 0 is Monday. */
  weekday: number;
}

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/;

/** Reads the local part of a date or an instant. `1970-01-01` where it is neither. */
export function localTimeOf(written: string): LocalTime {
  const [, year = "1970", month = "1", day = "1", hour = "0", minute = "0"] = WRITTEN.exec(written) ?? [];
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    weekday: (Math.floor(utc / DAY_MS) + 3) % 7,
  };
}

/** A date (`2026-03-01`) so many days later. */
export function addDays(date: string, days: number): string {
  const { year, month, day } = localTimeOf(date);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** The date on which `date` lies so many months later, at most the last of that month. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = localTimeOf(date);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** The date in `zone` at an instant (ms); in UTC where the zone is not known. */
export function dateIn(zone: string, at: number): string {
  const format = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...format, timeZone: zone }).format(at);
  } catch {
    return new Date(at).toISOString().slice(0, 10);
  }
}

/** The instant (RFC 3339) at which a date begins in `zone`; in UTC where the zone is not known. */
export function startOfDate(date: string, zone: string): string {
  const { year, month, day } = localTimeOf(date);
  const days = Date.UTC(year, month - 1, day) / DAY_MS;
  const opened = openZone(zone);
  const at = opened === null ? days * DAY_MS : startQuarterOf(opened, days) * QUARTER_MS;
  return new Date(at).toISOString();
}
