import { afterAll, beforeAll, expect, test } from "vitest";
import { someLine } from "../../db/audit-line.ts";
import { writeCommunity } from "../../../src/db/queries/community.ts";
import type { CommunityWrite } from "../../../src/db/queries/community-writes.ts";
import { byTimeline } from "../../../src/db/queries/feed-skeleton-timeline.ts";
import { readFeed } from "../../../src/db/queries/feed.ts";
import { buildTimeline } from "../../../src/db/queries/timelines.ts";
import { Random } from "../../index/random.ts";
import { openWorlds, type SmallWorld, type Worlds } from "../feed/small-world.ts";

const HISTORIES = 16;
const STEPS = 14;
const LIMITS = { friends: 5_000, asked: 500, hidden: 5_000 };

let worlds: Worlds;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

let posts = 0;

function postBy(authorId: string, at: number): CommunityWrite {
  const id = `post_${at.toString(16).padStart(12, "0")}${String(++posts).padStart(8, "0")}`;
  const nothing = { entities: [], mentioned: [], productId: null, imageIds: [] };
  return { kind: "post", id, authorId, text: "Hi", at, ...nothing };
}

/** A few lines of any kind, of any time. */
function linesOf(random: Random, people: readonly string[]): CommunityWrite[] {
  return Array.from({ length: 1 + random.below(4) }, (): CommunityWrite => {
    const from = random.pick(people);
    const to = random.pick(people.filter((person) => person !== from));
    if (random.chance(0.55)) return postBy(from, 1_000 + random.below(1_000));
    if (random.chance(0.8)) return { kind: "friendship", from, to, state: "friends", at: 0 };
    return { kind: "hiding", from, to, hiding: random.chance(0.5) ? "block" : "mute", at: 0 };
  }).filter(isFirstOfPair);
}

function isFirstOfPair(write: CommunityWrite, at: number, all: readonly CommunityWrite[]): boolean {
  if (write.kind !== "friendship") return true;
  const pair = [write.from, write.to].sort().join();
  return (
    all.findIndex((one) => one.kind === "friendship" && [one.from, one.to].sort().join() === pair) === at
  );
}

async function expectRight(world: SmallWorld): Promise<void> {
  for (const viewer of world.people) {
    const seen = await world.seenBy(viewer);
    const page = await readFeed(worlds.db, { viewer, after: null, limit: 4 }, byTimeline);
    expect(page.posts.map(({ id }) => id)).toEqual(seen.slice(0, 4));
    const after = seen[3] ?? null;
    if (after === null) continue;
    const next = await readFeed(worlds.db, { viewer, after, limit: 4 }, byTimeline);
    expect(next.posts.map(({ id }) => id)).toEqual(seen.slice(4, 8));
  }
}

test(`what is imported is on every page at once, with timelines or without: ${HISTORIES} histories`, async () => {
  let built = 0;
  let dropped = 0;
  const countOf = async () =>
    Number((await worlds.client.execute("SELECT count(*) AS n FROM timelines")).rows[0].n);
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const random = new Random(seed);
    const world = await worlds.found(`import-${seed}`, 5);
    for (let step = 0; step < STEPS; step++) {
      const before = await countOf();
      if (random.chance(0.3)) {
        await buildTimeline(worlds.db, { readerId: random.pick(world.people), keep: 6, now: 0 });
        built += (await countOf()) - before;
      } else {
        await writeCommunity(worlds.db, linesOf(random, world.people), {
          limits: LIMITS,
          now: 0,
          audit: someLine(),
        });
        dropped += before - (await countOf());
      }
      await expectRight(world);
    }
  }
  expect(built).toBeGreaterThan(HISTORIES);
  expect(dropped).toBeGreaterThan(HISTORIES);
}, 60_000);
