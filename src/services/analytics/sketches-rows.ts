import { PERIODS } from "../../db/queries/overview-actives.ts";
import type { SketchRow } from "../../db/queries/sketches.ts";
import type { Sketch } from "../../domain/sketch.ts";

export interface CountedDay {
  /** On the zone's calendar. */
  day: number;
  users: Sketch;
  /** How many there were in each of its hours. */
  hours: readonly number[];
  /** The organisation's when the count began. */
  version: number;
}

/** The rows that keep a day: its users, and its hours as a JSON list. */
export function dayRows({ day, users, hours, version }: CountedDay): SketchRow[] {
  const counts = new TextEncoder().encode(JSON.stringify(hours));
  return [
    { period: PERIODS.day, start: day, users: users.count, sketch: users.encode(), version },
    { period: PERIODS.hours, start: day, users: 0, sketch: counts, version },
  ];
}
