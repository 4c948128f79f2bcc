import { byTimeline, timelineOrIndex } from "../../../src/db/queries/feed-skeleton-timeline.ts";
import { byIndex, fromFriends, walkOrMerge } from "../../../src/db/queries/feed-skeleton.ts";
import type { Skeleton } from "../../../src/db/queries/feed-skeleton.ts";
import { readFeed } from "../../../src/db/queries/feed.ts";
import { getFeed } from "../../../src/services/feed/feed.ts";
import type { TimelineSettings } from "../../../src/services/feed/timeline-settings.ts";
import { Random } from "../../index/random.ts";
import { Acts } from "./histories-acts.ts";
import { LateQueue } from "./histories-queue.ts";
import { clear, isAboveFloor, leftovers, miscounted, missingPosts } from "./histories-rows.ts";
import { openWorlds, type SmallWorld, type Worlds } from "./small-world.ts";

export { openWorlds, type Worlds };

const PEOPLE = 6;
/** Rounds of acts between two readings. */
const AFTERWARDS = 6;
const SHORT_WALK = { manyFriends: 1, maxPosts: 4 };

/** Reads no timeline where more than two posts are pending. */
const IMPATIENT = timelineOrIndex("impatient timeline", 2, SHORT_WALK);

/** What reads a page is one of these: each must give the same. */
export const SKELETONS: readonly Skeleton[] = [
  fromFriends,
  byIndex,
  byTimeline,
  walkOrMerge("short walk", SHORT_WALK),
  walkOrMerge("long walk", { manyFriends: 2, maxPosts: 100_000 }),
  IMPATIENT,
];

/** What was played, and what was wrong: each of `violations` says what, at which seed. */
export interface HistoryCounts {
  histories: number;
  acts: number;
  pages: number;
  /** Those that a timeline could give. */
  timelinePages: number;
  posts: number;
  jobs: number;
  redelivered: number;
  interrupted: number;
  violations: string[];
}

export function noCounts(): HistoryCounts {
  const numbers = { histories: 0, acts: 0, pages: 0, timelinePages: 0, posts: 0 };
  return { ...numbers, jobs: 0, redelivered: 0, interrupted: 0, violations: [] };
}

/** As small as they can be, so that six people reach each bound. */
function smallSettings(random: Random): TimelineSettings {
  const small = {
    batch: random.pick([1, 2, 2, 3]),
    wideFrom: random.pick([2, 3, 3, 4, 100]),
    keep: random.pick([2, 4, 8]),
    backfill: random.pick([1, 2, 4]),
  };
  return { ...small, costlyRows: 0, buildChance: 0 };
}

class History {
  readonly #worlds: Worlds;
  readonly #world: SmallWorld;
  readonly #random: Random;
  readonly #acts: Acts;
  readonly #queue: LateQueue;
  readonly #seed: number;
  readonly counts: HistoryCounts;
  /** Jobs that have begun and not ended. */
  #depth = 0;

  constructor(worlds: Worlds, world: SmallWorld, { seed, counts }: { seed: number; counts: HistoryCounts }) {
    this.#worlds = worlds;
    this.#world = world;
    this.#seed = seed;
    this.counts = counts;
    this.#random = new Random(seed);
    const settings = smallSettings(this.#random);
    this.#acts = new Acts(worlds, world, this.#random, settings);
    this.#queue = new LateQueue(worlds, this.#random, settings);
    this.#queue.meanwhile = () => this.#goOn(2);
  }

  async play(): Promise<void> {
    await this.#acts.begin();
    await this.#scroll();
    for (let i = 0; i < AFTERWARDS; i++) await this.#goOn(8);
    await this.#scroll();
    await this.#queue.drain();
    this.#note("left over", await leftovers(this.#worlds, this.#world));
    for (const person of this.#world.people) await this.#compare(person, null, 100);
    this.#note("miscounted", await miscounted(this.#worlds, this.#world));
    const { runs, redelivered, interrupted } = this.#queue;
    this.counts.histories++;
    this.counts.acts += this.#acts.done;
    this.counts.jobs += runs;
    this.counts.redelivered += redelivered;
    this.counts.interrupted += interrupted;
  }

  #note(what: string, found: readonly string[]): void {
    if (found.length > 0) this.counts.violations.push(`seed ${this.#seed}: ${what}: ${found.join(", ")}`);
  }

  /** What happens between two pages, and between two transactions of a job. */
  async #goOn(most: number): Promise<void> {
    if (this.#depth > 2) return;
    this.#depth++;
    for (let i = this.#random.below(most + 1); i > 0; i--) {
      if (this.#random.chance(0.45)) await this.#queue.deliver();
      else await this.#acts.act();
      this.#note("missing", await missingPosts(this.#worlds, this.#world));
    }
    this.#depth--;
  }

  /** Each skeleton's page is what the rules in words say; answers these, from there to the end. */
  async #compare(viewer: string, after: string | null, limit: number): Promise<string[]> {
    const seen = await this.#world.seenBy(viewer, after ?? undefined);
    for (const skeleton of [IMPATIENT, byIndex, this.#random.pick(SKELETONS)]) {
      const { posts } = await readFeed(this.#worlds.db, { viewer, after, limit }, skeleton);
      this.#expectPage(skeleton.name, posts, seen.slice(0, limit));
    }
    return seen;
  }

  #expectPage(name: string, page: readonly { id: string }[], wanted: readonly string[]): void {
    const ids = page.map(({ id }) => id);
    if (ids.join() !== wanted.join())
      this.#note(`page by ${name}`, [`${ids.join(" ")} for ${wanted.join(" ")}`]);
  }

  /** Reads the feed to its end while things happen: what is seen all the while comes once, in full pages. */
  async #scroll(): Promise<void> {
    const [viewer] = this.#world.people;
    const read: string[] = [];
    let always = await this.#world.seenBy(viewer);
    let cursor: string | null = null;
    do {
      const limit = 1 + this.#random.below(4);
      const seen = await this.#compare(viewer, read.at(-1) ?? null, limit);
      const page = await getFeed(this.#world.as(viewer), { cursor, limit });
      this.#expectPage("the service", page.items, seen.slice(0, limit));
      if ((page.nextCursor === null) !== seen.length <= limit)
        this.#note("cursor", [String(page.nextCursor)]);
      read.push(...page.items.map(({ id }) => id));
      this.counts.pages++;
      if (await isAboveFloor(this.#worlds, viewer, read.at(-1) ?? "")) this.counts.timelinePages++;
      cursor = page.nextCursor;
      await this.#goOn(8);
      const now = new Set(await this.#world.seenBy(viewer));
      always = always.filter((id) => now.has(id));
    } while (cursor !== null);
    if (new Set(read).size !== read.length) this.#note("twice", read);
    this.#note(
      "never",
      always.filter((id) => !read.includes(id)),
    );
    this.counts.posts += read.length;
  }
}

/**
 * Six people write, delete, like, comment, become friends, end it, block and mute, while timelines are built, trimmed and
 * dropped, jobs run late, twice, in any order and interrupted, and one of the six scrolls. Adds to `counts`.
 */
export async function playHistory(worlds: Worlds, seed: number, counts = noCounts()): Promise<HistoryCounts> {
  const world = await worlds.found(`w${seed}`, PEOPLE);
  await new History(worlds, world, { seed, counts }).play();
  const left = (await clear(worlds, world)).join(", ");
  if (left !== "") counts.violations.push(`seed ${seed}: not cleared: ${left}`);
  return counts;
}
