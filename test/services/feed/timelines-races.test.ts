import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readFeed } from "../../../src/db/queries/feed.ts";
import { createPost } from "../../../src/db/queries/posts.ts";
import { beginFanOut, fanOutBatch, FIRST_FRIENDS } from "../../../src/db/queries/timeline-fan-out.ts";
import { backfill, forgetEachOther } from "../../../src/db/queries/timeline-friends.ts";
import { buildTimeline } from "../../../src/db/queries/timelines.ts";
import { askFriend, endFriendship } from "../../../src/services/friends/friendships.ts";
import { missingPosts } from "./histories-rows.ts";
import { openWorlds, type SmallWorld, type Worlds } from "./small-world.ts";

let worlds: Worlds;
let world: SmallWorld;
let author: string;
let early: string;
let late: string;
let count = 0;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

/** An author and two friends, of whom the later one has a timeline: a fan-out comes to the early one first. */
beforeEach(async () => {
  await worlds.client.execute("DELETE FROM users");
  world = await worlds.found(`r${count++}`, 3);
  [author, early, late] = world.people;
  await befriend(early);
  await befriend(late);
  await build(late);
});

async function befriend(reader: string): Promise<void> {
  worlds.clock.advance(1_000);
  await askFriend(world.as(reader), author);
  await askFriend(world.as(author), reader);
}

async function post(): Promise<string> {
  const id = `post_${String(++count).padStart(8, "0")}`;
  const nothing = { text: "Hi", entities: [], mentioned: [], productId: null, imageIds: [], now: 1 };
  await createPost(worlds.db, { id, authorId: author, ...nothing, jobId: `job-${id}`, origin: null });
  return id;
}

const build = (readerId: string) => buildTimeline(worlds.db, { readerId, keep: 100, now: 1 });

/** Runs a fan-out with a friend a batch, and `meanwhile` after the first; from `wideFrom` friends on the author is wide. */
async function fanOut(postId: string, wideFrom: number, meanwhile: () => Promise<unknown>): Promise<void> {
  const pending = await beginFanOut(worlds.db, { postId, wideFrom, now: 1 });
  if (pending === undefined) throw new Error("Nothing is pending");
  const batch = { postId, authorId: author, batch: 1, now: 1 };
  let after = await fanOutBatch(worlds.db, pending, { ...batch, after: FIRST_FRIENDS });
  await meanwhile();
  while (after !== null) after = await fanOutBatch(worlds.db, pending, { ...batch, after });
}

async function expectAllSeen(): Promise<void> {
  expect(await missingPosts(worlds, world)).toEqual([]);
  for (const viewer of world.people) {
    const { posts } = await readFeed(worlds.db, { viewer, after: null, limit: 10 });
    expect(posts.map(({ id }) => id)).toEqual(await world.seenBy(viewer));
  }
}

const WIDE = 2;
const NARROW = 100;

test("who gets a timeline while an author becomes wide, sees what they write afterwards", async () => {
  await fanOut(await post(), WIDE, () => build(early));
  await post();
  await expectAllSeen();
});

test("who is filled in while an author becomes wide, sees what they write afterwards", async () => {
  await endFriendship(world.as(early), author);
  await build(early);
  worlds.clock.set(1);
  await befriend(early);
  await fanOut(await post(), WIDE, () =>
    backfill(worlds.db, { readerId: early, authorId: author, posts: 10 }),
  );
  await post();
  await expectAllSeen();
});

test("what an author writes while they become wide is seen by all", async () => {
  await build(early);
  await fanOut(await post(), WIDE, post);
  await expectAllSeen();
});

test("what an author writes while they become wide is pending, until their friends know", async () => {
  await build(early);
  const pending = await beginFanOut(worlds.db, { postId: await post(), wideFrom: WIDE, now: 1 });
  expect(pending?.isWide).toBe(true);
  await post();
  await expectAllSeen();
});

test("who becomes a friend while a fan-out has passed them, sees the post", async () => {
  await endFriendship(world.as(early), author);
  await build(early);
  await fanOut(await post(), NARROW, async () => {
    worlds.clock.set(1);
    await befriend(early);
  });
  await expectAllSeen();
  await backfill(worlds.db, { readerId: early, authorId: author, posts: 10 });
  await expectAllSeen();
});

test("who ends a friendship and makes it again before it is cleaned, sees the posts", async () => {
  await build(early);
  await fanOut(await post(), NARROW, async () => {});
  await endFriendship(world.as(early), author);
  await befriend(early);
  await forgetEachOther(worlds.db, { one: author, other: early });
  await expectAllSeen();
  await backfill(worlds.db, { readerId: early, authorId: author, posts: 10 });
  await forgetEachOther(worlds.db, { one: author, other: early });
  await expectAllSeen();
});

test("a friendship's end is seen at once, also where the friend was not filled in yet", async () => {
  await post();
  await endFriendship(world.as(late), author);
  await befriend(late);
  await expectAllSeen();
  await endFriendship(world.as(late), author);
  await expectAllSeen();
});

test("a post is pending until the last batch, and a batch of an interrupted fan-out comes again", async () => {
  await build(early);
  const id = await post();
  await fanOut(id, NARROW, async () => {
    expect((await worlds.client.execute("SELECT post_id FROM pending_posts")).rows).toHaveLength(1);
    await expectAllSeen();
    await fanOut(id, NARROW, async () => {});
  });
  expect((await worlds.client.execute("SELECT post_id FROM pending_posts")).rows).toEqual([]);
  await expectAllSeen();
});

test("a timeline built while a fan-out runs has the post, and one built twice stays as it is", async () => {
  await fanOut(await post(), NARROW, () => build(early));
  await expectAllSeen();
  await worlds.client.execute("UPDATE timelines SET floor = 'post_5'");
  await build(early);
  const { rows } = await worlds.client.execute("SELECT DISTINCT floor FROM timelines");
  expect(rows.map(({ floor }) => floor)).toEqual(["post_5"]);
});
