import { DAY_QUARTERS, HALF_DAY_QUARTERS } from "./event.ts";
import type { Span } from "./interval.ts";

/** The part of a day in UTC that a span takes: bits as in `user_days`. */
export interface DayMask {
  /** Since the epoch, in UTC. */
  day: number;
  morning: number;
  evening: number;
}

/** The bits [from, to) of a half day, cut to it. Exact: 48 bits fit a double. */
function bits(from: number, to: number): number {
  const low = Math.max(0, Math.min(HALF_DAY_QUARTERS, from));
  const high = Math.max(low, Math.min(HALF_DAY_QUARTERS, to));
  return 2 ** high - 2 ** low;
}

/** The days in UTC that a span touches, with its part of each. */
export function masksOf({ from, to }: Span): DayMask[] {
  const masks: DayMask[] = [];
  for (let day = Math.floor(from / DAY_QUARTERS); day * DAY_QUARTERS < to; day++) {
    const first = from - day * DAY_QUARTERS;
    const end = to - day * DAY_QUARTERS;
    masks.push({
      day,
      morning: bits(first, end),
      evening: bits(first - HALF_DAY_QUARTERS, end - HALF_DAY_QUARTERS),
    });
  }
  return masks;
}
