import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createMemoryPlatform,
  openMemoryDeps,
  type MemoryPlatform,
} from "../../../src/platform/memory/open.ts";
import { consume } from "../../../src/queue/consumer.ts";
import { tick } from "../../../src/queue/tick.ts";
import { getFeed } from "../../../src/services/feed/feed.ts";
import { TIMELINES } from "../../../src/services/feed/timeline-settings.ts";
import { noteFirstPage } from "../../../src/services/feed/timeline-use.ts";
import { askFriend, endFriendship } from "../../../src/services/friends/friendships.ts";
import { createPost } from "../../../src/services/posts/posts.ts";

const DAY_MS = 24 * 3_600_000;
const NOTHING = { mentions: [], productId: null, imageIds: [] };

let platform: MemoryPlatform;
beforeEach(async () => {
  platform = await createMemoryPlatform();
  const insert = `INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)`;
  await platform.client.batch(
    ["ada", "bob", "eve"].map((id) => ({ sql: insert, args: [id, id, `${id}@x.example`] })),
  );
  await befriend("ada", "bob");
});
afterEach(() => platform.close());

function as(userId: string) {
  const actor = { kind: "user", userId, name: userId, email: "", sessionId: null, memberships: [] } as const;
  return { ...openMemoryDeps(platform), actor };
}

/** What `act` writes, and what it leaves to be done after the response. */
async function doAs<T>(userId: string, act: (ctx: ReturnType<typeof as>) => Promise<T>): Promise<T> {
  platform.clock.advance(1_000);
  const ctx = as(userId);
  const result = await act(ctx);
  await ctx.lifetime.settle();
  return result;
}

async function befriend(one: string, other: string): Promise<void> {
  await doAs(one, (ctx) => askFriend(ctx, other));
  await doAs(other, (ctx) => askFriend(ctx, one));
}

const post = (author: string, text: string) => doAs(author, (ctx) => createPost(ctx, { text, ...NOTHING }));
const deliver = () => platform.jobs.drain((messages) => consume(openMemoryDeps(platform), messages));
const build = (reader: string) =>
  platform.jobs.send([{ id: `build-${reader}`, kind: "feed.build", payload: { reader } }]).then(deliver);

async function rows(statement: string): Promise<unknown[]> {
  const { rows } = await platform.client.execute(statement);
  return rows.map((row) => Object.values(row).join(" "));
}
const gathered = () =>
  rows("SELECT reader_id, text FROM timeline_posts JOIN posts ON posts.id = post_id ORDER BY 1, post_id");
const pulls = () => rows("SELECT reader_id, author_id FROM timeline_pulls");
const pending = () => rows("SELECT text FROM pending_posts JOIN posts ON posts.id = post_id");
const outbox = () => rows("SELECT kind FROM outbox WHERE kind LIKE 'feed.%'");

async function textsOf(
  reader: string,
): Promise<{ texts: string[]; trips: number; rowsLooked: number | null }> {
  const ctx = as(reader);
  const { items } = await getFeed(ctx, { cursor: null, limit: 20 });
  const { dbTrips: trips, rowsLooked } = ctx.receipt;
  return { texts: items.map(({ text }) => text), trips, rowsLooked };
}

test("without any timeline a post and a friendship leave no job", async () => {
  await post("bob", "one");
  await befriend("ada", "eve");
  await doAs("ada", (ctx) => endFriendship(ctx, "eve"));
  expect([...(await outbox()), ...(await pending())]).toEqual([]);
});

test("a post is read before its job has run, and is in the timeline after that", async () => {
  await post("bob", "one");
  await build("ada");
  await post("bob", "two");
  expect(await pending()).toEqual(["two"]);
  expect(await textsOf("ada")).toMatchObject({ texts: ["two", "one"], trips: 1 });
  await deliver();
  expect([await gathered(), await pending()]).toEqual([["ada one", "ada two"], []]);
  expect(await textsOf("ada")).toMatchObject({ texts: ["two", "one"], trips: 1 });
});

test("a post whose friends have no timeline, and a stranger's, leave no job", async () => {
  await build("eve");
  await post("bob", "one");
  expect([...(await outbox()), ...(await pending())]).toEqual([]);
});

test("what a new friend wrote before is read by index until it is gathered", async () => {
  await post("eve", "one");
  await build("ada");
  await befriend("eve", "ada");
  expect(await pulls()).toEqual(["ada eve"]);
  expect((await textsOf("ada")).texts).toEqual(["one"]);
  await deliver();
  expect([await pulls(), await gathered()]).toEqual([[], ["ada one"]]);
  expect((await textsOf("ada")).texts).toEqual(["one"]);
});

test("a friendship's end is seen at once, and its posts go with their job", async () => {
  await post("bob", "one");
  await build("ada");
  await doAs("bob", (ctx) => endFriendship(ctx, "ada"));
  expect([(await textsOf("ada")).texts, await gathered()]).toEqual([[], ["ada one"]]);
  await deliver();
  expect(await gathered()).toEqual([]);
});

test.each(["feed.fan-out", "feed.build", "feed.backfill", "feed.clean"])(
  "a job of kind %s that names nothing is buried",
  async (kind) => {
    await platform.jobs.send([{ id: "j", kind, payload: { one: "ada" } }]);
    await deliver();
    expect(await rows("SELECT kind FROM dead_letters")).toEqual([kind]);
  },
);

describe("the minute's tick", () => {
  test("drops a timeline that nobody has read for a week", async () => {
    await post("bob", "one");
    await build("ada");
    platform.clock.advance(6 * DAY_MS);
    await tick(openMemoryDeps(platform));
    expect(await rows("SELECT reader_id FROM timelines")).toEqual(["ada"]);
    platform.clock.advance(1 * DAY_MS + 1);
    await tick(openMemoryDeps(platform));
    expect([await rows("SELECT reader_id FROM timelines"), await gathered()]).toEqual([[], []]);
    expect((await textsOf("ada")).texts).toEqual(["one"]);
  });

  test("keeps one that is read: a first page notes it, once a day", async () => {
    await post("bob", "one");
    await build("ada");
    const [before] = await rows("SELECT read_at FROM timelines");
    await doAs("ada", (ctx) => getFeed(ctx, { cursor: null, limit: 20 }));
    expect(await rows("SELECT read_at FROM timelines")).toEqual([before]);
    platform.clock.advance(1 * DAY_MS);
    await doAs("ada", (ctx) => getFeed(ctx, { cursor: null, limit: 20 }));
    expect(await rows("SELECT read_at FROM timelines")).toEqual([String(platform.clock.now())]);
  });

  test("fans out what no job has, and gathers what no job has", async () => {
    await post("eve", "old");
    await build("ada");
    await befriend("ada", "eve");
    await post("bob", "one");
    platform.jobs.queued = [];
    await tick(openMemoryDeps(platform));
    expect(await pending()).toEqual(["one"]);
    platform.clock.advance(15 * 60_000 + 1);
    await tick(openMemoryDeps(platform));
    expect([await pending(), await pulls(), await gathered()]).toEqual([[], [], ["ada old", "ada one"]]);
  });

  test("trims a timeline, whose later pages are then read by index", async () => {
    await build("ada");
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${TIMELINES.keep + 50})`;
    const columns = "printf('post_%05d', i), 'bob', 'Hi', '[]', NULL, '[]', 0, 0, 1, 0, NULL";
    await platform.client.execute(`INSERT INTO posts ${numbers} SELECT ${columns} FROM n`);
    await platform.client.execute("INSERT INTO timeline_posts SELECT 'ada', id FROM posts");
    await tick(openMemoryDeps(platform));
    expect(await rows("SELECT floor, (SELECT count(*) FROM timeline_posts) FROM timelines")).toEqual([
      `post_00050 ${TIMELINES.keep + 1}`,
    ]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await getFeed(as("ada"), { cursor, limit: 100 });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect([seen.length, new Set(seen).size]).toEqual([TIMELINES.keep + 50, TIMELINES.keep + 50]);
  });
});

describe("a timeline", () => {
  const page = { viewer: "ada", rowsLooked: TIMELINES.costlyRows, timelineReadAt: null };
  const asked = async (given: typeof page, random: number) => {
    const ctx = as("ada");
    noteFirstPage(ctx, given, TIMELINES, () => random);
    await ctx.lifetime.settle();
    return platform.jobs.sent.filter(({ kind }) => kind === "feed.build").map(({ payload }) => payload);
  };

  test("is asked for by some of the first pages that are costly", async () => {
    expect(await asked(page, TIMELINES.buildChance)).toEqual([]);
    expect(await asked(page, TIMELINES.buildChance - 1e-9)).toEqual([{ reader: "ada" }]);
  });

  test("is not asked for by cheap pages, and empty ones", async () => {
    expect(await asked({ ...page, rowsLooked: TIMELINES.costlyRows - 1 }, 0)).toEqual([]);
    const ctx = as("ada");
    noteFirstPage(ctx, { viewer: "ada", rowsLooked: null, timelineReadAt: null }, TIMELINES, () => 0);
    noteFirstPage(ctx, { ...page, timelineReadAt: platform.clock.now() }, TIMELINES, () => 0);
    await ctx.lifetime.settle();
    expect(platform.jobs.sent).toEqual([]);
  });

  test("costs the same for few friends and many, and says so", async () => {
    const many = 400;
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})`;
    await platform.client.batch([
      `INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
        ${numbers} SELECT printf('f%04d', i), 'F', printf('f%04d', i), 1, 0, 0 FROM n`,
      `INSERT INTO friendships ${numbers} SELECT 'eve', printf('f%04d', i), 'friends', 0 FROM n`,
      `INSERT INTO friendships ${numbers} SELECT printf('f%04d', i), 'eve', 'friends', 0 FROM n`,
      `INSERT INTO posts ${numbers} SELECT printf('post_%05d', i), printf('f%04d', i), 'Hi', '[]', NULL, '[]', 0, 0, 1, 0, NULL FROM n`,
    ]);
    const before = await textsOf("eve");
    await build("eve");
    const after = await textsOf("eve");
    expect(after.texts).toEqual(before.texts);
    expect(before.rowsLooked).toBeGreaterThan(2 * many);
    expect(after.rowsLooked).toBeLessThan(21 * 15);
  });
});
