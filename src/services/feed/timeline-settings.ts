/** What decides who has a timeline, and how much work is done at a time. */
export interface TimelineSettings {
  /** Friends of an author in one transaction of a fan-out. */
  batch: number;
  /** From so many friends on an author's posts are read by index. */
  wideFrom: number;
  /** Posts that a timeline begins with, and is trimmed to. */
  keep: number;
  /** Posts of a new friend that are gathered. */
  backfill: number;
  /** A first page by index that looks at so many rows is costly. */
  costlyRows: number;
  /** Of costly pages, how many ask for a timeline: readers who read often come to it. */
  buildChance: number;
}

/** What docs/feed.md gives the reasons for. */
export const TIMELINES: TimelineSettings = {
  batch: 500,
  wideFrom: 1_000,
  keep: 1_050,
  backfill: 500,
  costlyRows: 2_000,
  buildChance: 1 / 20,
};
