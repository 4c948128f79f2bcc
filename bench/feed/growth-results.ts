import type { KindReading } from "./growth-reading.ts";
import type { GroupReading } from "./growth-social.ts";
import type { FeedWriter, Writing } from "./growth-writing.ts";
import type { Preparing } from "./reader.ts";

/** Building the timelines of one kind of viewers: milliseconds, and rows each. */
export interface Built {
  friends: string;
  p50: number;
  p99: number;
  rows: number;
}

export interface SizeResult {
  posts: number;
  gigabytes: number;
  /** `null` where the file was there. */
  buildSeconds: number | null;
  byIndex: KindReading[];
  byTimeline: KindReading[];
  builds: Built[];
  preparing: Preparing[];
}

export interface WritesResult {
  bare: Writing[];
  crowd: number;
  crowded: Writing[];
  friendships: Awaited<ReturnType<FeedWriter["measureFriendships"]>>;
}

export interface Growth {
  sizes: SizeResult[];
  writes: WritesResult | null;
  social: GroupReading[];
}
