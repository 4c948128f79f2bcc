import { afterAll, beforeAll, expect, test } from "vitest";
import { BEFORE_ALL, byIndex, fromFriends, walkOrMerge } from "../../../src/db/queries/feed-skeleton.ts";
import { byTimeline } from "../../../src/db/queries/feed-skeleton-timeline.ts";
import type { Skeleton } from "../../../src/db/queries/feed-skeleton.ts";
import { readFeed } from "../../../src/db/queries/feed.ts";
import { createPost } from "../../../src/db/queries/posts.ts";
import { getFeed, listPostsOf } from "../../../src/services/feed/feed.ts";
import { askFriend, endFriendship } from "../../../src/services/friends/friendships.ts";
import { hidePerson, unhidePerson } from "../../../src/services/friends/hidings.ts";
import { deletePost } from "../../../src/services/posts/posts.ts";
import { Random } from "../../index/random.ts";
import { openWorlds, type SmallWorld, type Worlds } from "./small-world.ts";

const HISTORIES = 240;
const GROUPS = 8;
const PEOPLE = 6;

/** What reads a page is one of these: each must give the same. */
const SKELETONS: readonly Skeleton[] = [
  fromFriends,
  byIndex,
  byTimeline,
  walkOrMerge("short walk", { manyFriends: 1, maxPosts: 4 }),
  walkOrMerge("long walk", { manyFriends: 2, maxPosts: 100_000 }),
];

let worlds: Worlds;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

/** What happens while somebody scrolls. */
class History {
  readonly #world: SmallWorld;
  readonly #random: Random;
  readonly #all: string[] = [];
  #time = 1_000;

  constructor(world: SmallWorld, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  async begin(): Promise<void> {
    for (let i = 0; i < 14; i++) await this.#befriend();
    const posts = 5 + this.#random.below(30);
    for (let i = 0; i < posts; i++) await this.#post();
  }

  async goOn(): Promise<void> {
    const happens = [
      this.#post,
      this.#post,
      this.#postLate,
      this.#delete,
      this.#delete,
      this.#befriend,
      this.#unfriend,
      this.#hide,
      this.#unhide,
    ];
    for (let i = this.#random.below(4); i > 0; i--) await this.#random.pick(happens).call(this);
  }

  async #post(): Promise<void> {
    this.#time += this.#random.below(3);
    await this.#write(this.#time);
  }

  /** With an id of some time ago, as of a slow request or a slow clock. */
  async #postLate(): Promise<void> {
    await this.#write(this.#time - this.#random.below(10));
  }

  async #write(time: number): Promise<void> {
    const authorId = this.#random.pick(this.#world.people);
    const tail = this.#random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
    const id = `post_${time.toString(16).padStart(12, "0")}${tail}-${authorId}`;
    const nothing = { entities: [], mentioned: [], productId: null, imageIds: [] };
    const { created } = await createPost(worlds.db, { id, authorId, text: "Hi", ...nothing, now: time, jobId: `job-${id}` });
    if (created !== null) this.#all.push(id);
  }

  async #delete(): Promise<void> {
    const id = this.#all.length === 0 ? undefined : this.#random.pick(this.#all);
    const author = id?.slice(id.indexOf("-") + 1);
    if (id !== undefined && author !== undefined) await deletePost(this.#world.as(author), id);
  }

  #pair(): [string, string] {
    const one = this.#random.pick(this.#world.people);
    return [one, this.#random.pick(this.#world.people.filter((person) => person !== one))];
  }

  /** Who blocks, is there no more for whom they block: that is refused. */
  async #befriend(): Promise<void> {
    const [one, other] = this.#pair();
    await askFriend(this.#world.as(one), other).catch(() => null);
    if (this.#random.chance(0.8)) await askFriend(this.#world.as(other), one).catch(() => null);
  }

  async #unfriend(): Promise<void> {
    const [one, other] = this.#pair();
    await endFriendship(this.#world.as(one), other).catch(() => null);
  }

  async #hide(): Promise<void> {
    const [one, user] = this.#pair();
    const kind = this.#random.pick(["mute", "mute", "block"] as const);
    await hidePerson(this.#world.as(one), { kind, user }).catch(() => null);
  }

  async #unhide(): Promise<void> {
    const [one, user] = this.#pair();
    await unhidePerson(this.#world.as(one), { kind: this.#random.pick(["mute", "block"]), user }).catch(
      () => null,
    );
  }
}

/** Reads the feed to its end while things happen; each page is what the rules in words say at that moment. */
async function scroll(world: SmallWorld, history: History, random: Random): Promise<number> {
  const [viewer] = world.people;
  const read: string[] = [];
  let always = await world.seenBy(viewer);
  let cursor: string | null = null;
  do {
    const limit = 1 + random.below(6);
    const seen = await world.seenBy(viewer, read.at(-1));
    for (const skeleton of SKELETONS) {
      const rows = await readFeed(worlds.db, { viewer, after: read.at(-1) ?? null, limit }, skeleton);
      expect(rows.posts.map(({ id }) => id)).toEqual(seen.slice(0, limit));
    }
    const page = await getFeed(world.as(viewer), { cursor, limit });
    expect(page.items.map(({ id }) => id)).toEqual(seen.slice(0, limit));
    expect(page.nextCursor === null).toBe(seen.length <= limit);
    read.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    await history.goOn();
    const now = new Set(await world.seenBy(viewer));
    always = always.filter((id) => now.has(id));
  } while (cursor !== null);
  expect(new Set(read).size).toBe(read.length);
  expect(always.filter((id) => !read.includes(id))).toEqual([]);
  return read.length;
}

async function playHistory(seed: number): Promise<number> {
  const random = new Random(seed);
  const world = await worlds.found(`w${seed}`, PEOPLE);
  const history = new History(world, random);
  await history.begin();
  return scroll(world, history, random);
}

test.each(Array.from({ length: GROUPS }, (_, group) => group))(
  "whatever happens meanwhile, each post that is seen all the while comes once, in full pages (%i)",
  async (group) => {
    let read = 0;
    for (let i = 0; i < HISTORIES / GROUPS; i++) read += await playHistory(group * 1_000 + i);
    expect(read).toBeGreaterThan(HISTORIES / GROUPS);
  },
  60_000,
);

test("nobody reads what another may not see, whoever asks at the same time", async () => {
  const random = new Random(7);
  const world = await worlds.found("crowd", PEOPLE);
  await new History(world, random).begin();
  const wanted = await Promise.all(world.people.map((person) => world.seenBy(person)));
  expect(new Set(wanted.map(String)).size).toBeGreaterThan(1);
  const pages = await Promise.all(
    world.people.map((person) => getFeed(world.as(person), { cursor: null, limit: 100 })),
  );
  expect(pages.map(({ items }) => items.map(({ id }) => id))).toEqual(wanted);
});

test("a person's posts are those of the feed that are theirs", async () => {
  const random = new Random(11);
  const world = await worlds.found("profiles", PEOPLE);
  const history = new History(world, random);
  await history.begin();
  for (let i = 0; i < 20; i++) await history.goOn();
  for (const viewer of world.people)
    for (const author of world.people) {
      const seen = (await world.seenBy(viewer, BEFORE_ALL)).filter((id) => id.endsWith(author));
      const page = await listPostsOf(world.as(viewer), author, { cursor: null, limit: 100 }).catch(
        () => null,
      );
      expect(page?.items.map(({ id }) => id) ?? []).toEqual(seen);
    }
});
