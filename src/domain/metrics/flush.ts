import type { SeriesData } from "./series-set.ts";

export const MINUTE_MS = 60_000;

/** What an isolate hands over. Numbered, so that one which comes twice counts once. */
export interface MetricsFlush {
  isolate: string;
  /** 1 and on. The next is made when this one has arrived. */
  seq: number;
  /** When the isolate began, in milliseconds since the epoch. */
  startedAt: number;
  minutes: MinuteData[];
  gauges: [string, number][];
}

export interface MinuteData extends SeriesData {
  /** Minutes since the epoch. */
  minute: number;
}
