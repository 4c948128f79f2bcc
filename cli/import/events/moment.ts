import { shown, ValueError } from "../kinds.ts";

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

/** Any of these powers of ten a second is in the range of years 1973 to 5138. */
const UNITS = [
  { below: 1e11, perSecond: 1 },
  { below: 1e14, perSecond: 1e3 },
  { below: 1e17, perSecond: 1e6 },
  { below: 1e20, perSecond: 1e9 },
] as const;

/**
 * Milliseconds since the epoch of RFC 3339 (also with a blank for the T), or of a number of seconds, milli-, micro- or
 * nanoseconds since the epoch. Throws `ValueError`, also for a time without a zone unless `utc`.
 */
export function readMoment(value: unknown, { utc }: { utc: boolean }): number {
  if (typeof value === "number") return ofNumber(value);
  const text = String(value).trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return ofNumber(Number(text));
  const [, day, minutes, seconds = ":00", fraction = "", zone] = RFC_3339.exec(text) ?? [];
  if (day === undefined) throw new ValueError(`${shown(value)} is not a time (RFC 3339 or since the epoch)`);
  if (zone === undefined && !utc) {
    throw new ValueError(`${shown(value)} has no time zone: if times are in UTC, say --utc`);
  }
  // The engine rolls 30 February over into March.
  if (Number(day.slice(8)) > daysOf(day)) throw new ValueError(`${shown(value)} does not exist`);
  const milliseconds = Date.parse(`${day}T${minutes}${seconds}${fraction.slice(0, 4)}${offsetOf(zone)}`);
  if (Number.isNaN(milliseconds)) throw new ValueError(`${shown(value)} does not exist`);
  return milliseconds;
}

function ofNumber(number: number): number {
  const unit = UNITS.find(({ below }) => Math.abs(number) < below);
  if (unit === undefined || !Number.isFinite(number)) {
    throw new ValueError(`${shown(number)} is not a time since the epoch`);
  }
  return Math.round((number / unit.perSecond) * 1_000);
}

function daysOf(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}

function offsetOf(zone: string | undefined): string {
  if (zone === undefined || /^(Z|UTC)$/i.test(zone)) return "Z";
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
