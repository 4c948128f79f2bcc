import { DAY_QUARTERS, HALF_DAY_QUARTERS } from "./event.ts";
import type { Span } from "./interval.ts";

/** Bits of a day in UTC as in `user_days`. */
export interface DayMask {
  morning: number;
  evening: number;
}

/** The days [first, last] in UTC, counted from the epoch, that a span touches, and its part of the two; days between are whole. */
export interface SpanDays {
  first: number;
  last: number;
  firstMask: DayMask;
  lastMask: DayMask;
}

/** The bits [from, to) of a half day, cut to it. Exact: 48 bits fit a double. */
function bits(from: number, to: number): number {
  const low = Math.max(0, Math.min(HALF_DAY_QUARTERS, from));
  const high = Math.max(low, Math.min(HALF_DAY_QUARTERS, to));
  return 2 ** high - 2 ** low;
}

function maskOf(day: number, { from, to }: Span): DayMask {
  const first = from - day * DAY_QUARTERS;
  const end = to - day * DAY_QUARTERS;
  const evening = bits(first - HALF_DAY_QUARTERS, end - HALF_DAY_QUARTERS);
  return { morning: bits(first, end), evening };
}

/** Of a span that is not empty. */
export function daysOf(span: Span): SpanDays {
  const first = Math.floor(span.from / DAY_QUARTERS);
  const last = Math.floor((span.to - 1) / DAY_QUARTERS);
  return { first, last, firstMask: maskOf(first, span), lastMask: maskOf(last, span) };
}
