import { PERIODS } from "../../db/queries/overview-actives.ts";
import type { SketchState } from "../../db/queries/sketches.ts";
import { DAY_MS } from "../../domain/event.ts";
import { startQuarterOf, unitOf } from "../../domain/interval.ts";
import { daysOf } from "../../domain/interval-masks.ts";
import { localDayOf, type Zone } from "../../domain/zone.ts";

/** Days after the end of a week or month from which on it is kept as a whole; readers look for it three days later. */
const SETTLED_DAYS = 31;

export interface StaleUnit {
  interval: "week" | "month";
  /** On the zone's calendar. */
  firstDay: number;
}

/** What of a zone is not kept, or was before one of its days changed: days of its calendar, the newest first, weeks and months. */
export function staleSketches(
  zone: Zone,
  state: SketchState,
  now: number,
): { days: number[]; units: StaleUnit[] } {
  const versions = new Map(state.days.map(({ day, version }) => [day, version]));
  const kept = new Map(state.kept.map(({ period, start, version }) => [`${period}.${start}`, version]));
  const isStale = (period: number, unit: number, firstDay: number, endDay: number): boolean => {
    const from = startQuarterOf(zone, firstDay);
    const to = startQuarterOf(zone, endDay);
    if (to <= from) return false;
    const newest = newestOf(versions, daysOf({ from, to }));
    return newest !== null && (kept.get(`${period}.${unit}`) ?? -1) < newest;
  };
  const local = localDaysOf(
    zone,
    state.days.map(({ day }) => day),
  ).toSorted((a, b) => b - a);
  const days = local.filter((day) => isStale(PERIODS.day, day, day, day + 1));
  const settledBefore = localDayOf(zone, now) - SETTLED_DAYS;
  const units: StaleUnit[] = [];
  for (const interval of ["month", "week"] as const) {
    for (const firstDay of new Set(local.map((day) => unitOf(interval, day).firstDay))) {
      const { unit, endDay } = unitOf(interval, firstDay);
      if (endDay <= settledBefore && isStale(PERIODS[interval], unit, firstDay, endDay))
        units.push({ interval, firstDay });
    }
  }
  return { days, units };
}

function newestOf(
  versions: ReadonlyMap<number, number>,
  { first, last }: { first: number; last: number },
): number | null {
  let newest: number | null = null;
  for (let day = first; day <= last; day++) {
    const version = versions.get(day);
    if (version !== undefined && (newest === null || version > newest)) newest = version;
  }
  return newest;
}

/** The days of the zone's calendar that days in UTC reach into. */
function localDaysOf(zone: Zone, days: readonly number[]): number[] {
  const local = new Set<number>();
  for (const day of days) {
    for (let one = localDayOf(zone, day * DAY_MS); one <= localDayOf(zone, (day + 1) * DAY_MS - 1); one++)
      local.add(one);
  }
  return [...local];
}
