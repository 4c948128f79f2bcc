import { afterAll, beforeAll, expect, test } from "vitest";
import { BEFORE_ALL } from "../../../src/db/queries/feed-skeleton.ts";
import { getFeed, listPostsOf } from "../../../src/services/feed/feed.ts";
import { TIMELINES } from "../../../src/services/feed/timeline-settings.ts";
import { Random } from "../../index/random.ts";
import { Acts } from "./histories-acts.ts";
import { noCounts, openWorlds, playHistory, type Worlds } from "./histories-player.ts";

const HISTORIES = 160;
const GROUPS = 8;
const PEOPLE = 6;

let worlds: Worlds;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

test.each(Array.from({ length: GROUPS }, (_, group) => group))(
  "whatever happens meanwhile, each post that is seen all the while comes once, in full pages, by timeline and index (%i)",
  async (group) => {
    const counts = noCounts();
    const each = HISTORIES / GROUPS;
    for (let i = 0; i < each; i++) await playHistory(worlds, group * 1_000 + i, counts);
    expect(counts.violations).toEqual([]);
    const { posts, timelinePages, redelivered, interrupted } = counts;
    // What is to be shown has been there.
    expect(Math.min(posts, timelinePages, redelivered, interrupted)).toBeGreaterThan(each / 4);
  },
  120_000,
);

test("nobody reads what another may not see, whoever asks at the same time", async () => {
  const world = await worlds.found("crowd", PEOPLE);
  await new Acts(worlds, world, new Random(7), TIMELINES).begin();
  const wanted = await Promise.all(world.people.map((person) => world.seenBy(person)));
  expect(new Set(wanted.map(String)).size).toBeGreaterThan(1);
  const pages = await Promise.all(
    world.people.map((person) => getFeed(world.as(person), { cursor: null, limit: 100 })),
  );
  expect(pages.map(({ items }) => items.map(({ id }) => id))).toEqual(wanted);
});

test("a person's posts are those of the feed that are theirs", async () => {
  const world = await worlds.found("profiles", PEOPLE);
  const acts = new Acts(worlds, world, new Random(11), TIMELINES);
  await acts.begin();
  for (let i = 0; i < 20; i++) await acts.act();
  for (const viewer of world.people)
    for (const author of world.people) {
      const seen = (await world.seenBy(viewer, BEFORE_ALL)).filter((id) => id.endsWith(author));
      const page = await listPostsOf(world.as(viewer), author, { cursor: null, limit: 100 }).catch(
        () => null,
      );
      expect(page?.items.map(({ id }) => id) ?? []).toEqual(seen);
    }
});
