import { type Leaf, PERIODS } from "../../db/queries/overview-actives.ts";
import { QUARTER_MS } from "../../domain/event.ts";
import {
  firstDayOf,
  type Interval,
  monthOf,
  type Point,
  pointsOf,
  type Span,
  startQuarterOf,
  unitOf,
} from "../../domain/interval.ts";
import { daysOf } from "../../domain/interval-masks.ts";
import { localDayOf, type Zone } from "../../domain/zone.ts";

/**
 * Weeks and months are kept as wholes once no event of theirs may come any more in the ordinary way (30 days), and the
 * jobs have had time to unite them; younger ones are united from their days.
 */
const SETTLED_DAYS = 34;

/** What makes up a point or a range: ids of leaves. */
export type Cover = readonly number[];

interface Part extends Span {
  period: number | null;
  start: number;
  index?: number;
}

/** Collects the spans whose active users are asked for, each once. */
export class Leaves {
  readonly #zone: Zone;
  readonly #settledBefore: number;
  readonly #ids = new Map<string, number>();
  readonly #leaves: Leaf[] = [];

  constructor(zone: Zone, now: number) {
    this.#zone = zone;
    this.#settledBefore = localDayOf(zone, now) - SETTLED_DAYS;
  }

  /** In the order they are to be counted in: what others are united from first, the newest first. */
  inOrder(): Leaf[] {
    const isHour = ({ period }: Leaf) => Number(period === PERIODS.hours);
    return this.#leaves.toSorted((a, b) => isHour(a) - isHour(b) || b.last - a.last || a.id - b.id);
  }

  /** What the active users of a whole span are united from. */
  coverOf(span: Span): Cover {
    const parts = [...this.#partsOf(span)];
    return parts.map((part) => this.#take(part, parts.length > 1));
  }

  coversOf(points: readonly Point[], interval: Interval): Cover[] {
    if (interval === "hour") return this.#hoursOf(points);
    return points.map((point) => {
      const { unit } = point;
      const isKept = unit !== null && (interval === "day" || this.#isSettled(interval, unit));
      if (!isKept) return this.coverOf(point);
      return [this.#take({ ...point, period: PERIODS[interval], start: unit }, false)];
    });
  }

  #isSettled(interval: "week" | "month", unit: number): boolean {
    const { endDay } = unitOf(interval, interval === "week" ? unit : firstDayOf(unit));
    return endDay <= this.#settledBefore;
  }

  /** The largest parts that fit, from the beginning on. A week may reach into the month after it: a union does not mind. */
  *#partsOf(span: Span): Generator<Part> {
    let { from } = span;
    for (let day = localDayOf(this.#zone, from * QUARTER_MS); from < span.to;) {
      const to = Math.min(span.to, startQuarterOf(this.#zone, day + 1));
      let endDay = day + 1;
      if (to > from) {
        const whole = this.#largestFrom(day, { from, to: span.to });
        yield whole ?? { from, to, period: null, start: 0 };
        if (whole !== null) endDay = this.#nextAfter(day, whole, span.to);
      }
      day = endDay;
      from = Math.min(span.to, Math.max(from, startQuarterOf(this.#zone, endDay)));
    }
  }

  #largestFrom(day: number, span: Span): (Part & { endDay: number }) | null {
    if (startQuarterOf(this.#zone, day) !== span.from) return null;
    for (const interval of ["month", "week", "day"] as const) {
      const { unit, firstDay, endDay } = unitOf(interval, day);
      const isKept = interval === "day" || endDay <= this.#settledBefore;
      const to = startQuarterOf(this.#zone, endDay);
      if (firstDay === day && isKept && to <= span.to) {
        return { from: span.from, to, period: PERIODS[interval], start: unit, endDay };
      }
    }
    return null;
  }

  /** The day after a part, or the first of the month that begins within it, if that fits as a whole. */
  #nextAfter(day: number, { endDay }: { endDay: number }, end: number): number {
    const month = firstDayOf(monthOf(day) + 1);
    if (month >= endDay) return endDay;
    const whole = this.#largestFrom(month, { from: startQuarterOf(this.#zone, month), to: end });
    return whole?.period === PERIODS.month ? month : endDay;
  }

  /** The hours of a day are kept in one row, where they are whole. */
  #hoursOf(points: readonly Point[]): Cover[] {
    const places = new Map<string, { start: number; index: number }>();
    const days = new Set(points.map(({ from }) => localDayOf(this.#zone, from * QUARTER_MS)));
    for (const start of days) {
      for (const [index, hour] of hoursOfDay(this.#zone, start).entries())
        places.set(keyOf(hour), { start, index });
    }
    return points.map((point) => {
      const place = places.get(keyOf(point));
      const kept = place === undefined ? { period: null, start: 0 } : { period: PERIODS.hours, ...place };
      return [this.#take({ from: point.from, to: point.to, ...kept }, false)];
    });
  }

  #take(part: Part, isSet: boolean): number {
    const known = this.#ids.get(keyOf(part));
    if (known !== undefined) {
      this.#leaves[known].isSet ||= isSet;
      return known;
    }
    const id = this.#leaves.length;
    this.#ids.set(keyOf(part), id);
    this.#leaves.push(leafOf(id, part, isSet));
    return id;
  }
}

export function leafOf(id: number, { from, to, period, start, index = 0 }: Part, isSet: boolean): Leaf {
  return { id, period, start, index, isSet, ...daysOf({ from, to }) };
}

export function hoursOfDay(zone: Zone, day: number): Point[] {
  const span = { from: startQuarterOf(zone, day), to: startQuarterOf(zone, day + 1) };
  return span.from < span.to ? pointsOf(zone, span, "hour") : [];
}

function keyOf({ from, to }: Span): string {
  return `${from}-${to}`;
}
