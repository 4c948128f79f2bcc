import type { SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as fanOut from "../../../src/db/queries/timeline-fan-out.ts";
import * as friends from "../../../src/db/queries/timeline-friends.ts";
import * as timelines from "../../../src/db/queries/timelines.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const two = { one: "u", other: "v" };
const queueing = { jobId: "j", now: 1, origin: null };
const batch = { postId: "p", authorId: "u", after: { since: 1, id: "v" }, batch: 500, now: 1 };
const fill = { readerId: "u", authorId: "v", posts: 500 };
const build = { readerId: "u", keep: 1_000, now: 1 };
const trim = { keep: 1_000, timelines: 50, rows: 10_000, now: 1 };

const statements: Record<string, () => SQL> = {
  "note that a post is to be fanned out": () => fanOut.pendPost("p"),
  "queue a fan-out": () => fanOut.queueFanOut("p", queueing),
  "mark a wide author": () => fanOut.markWide({ postId: "p", wideFrom: 1_000, now: 1 }),
  "settle a wide author's post": () => fanOut.settleWidePost("p"),
  "see whether a post is pending": () => fanOut.pendingQuery("p"),
  "gather a post": () => fanOut.gatherPost(batch),
  "settle a post": () => fanOut.settlePost(batch),
  "pull a wide author": () => fanOut.insertPulls(batch),
  "complete a wide author": () => fanOut.completeWide(batch),
  "find the last of a batch": () => fanOut.lastOfBatch(batch),
  "pull new friends": () => friends.pullNewFriends(two, { now: 1 }),
  "queue a backfill": () => friends.queueBackfill(two, queueing),
  "queue a cleaning": () => friends.queueCleaning(two, queueing),
  "gather a friend's posts": () => friends.gatherFriend(fill),
  "begin above a friend's older posts": () => friends.raiseToFriend(fill),
  "end a pull": () => friends.endPull(fill),
  "forget an author": () => friends.forgetAuthor(fill),
  "forget a pull": () => friends.forgetPull(fill),
  "open a timeline": () => timelines.openTimeline(build),
  "pull wide friends": () => timelines.pullWideFriends(build),
  "gather the newest": () => timelines.gatherNewest(build),
  "close a timeline": () => timelines.closeTimeline(build),
  "note a reading": () => timelines.touchTimeline("u", 1),
  "drop timelines": () => timelines.dropStatement({ unreadSince: 1, limit: 10 }),
  "raise floors": () => timelines.raiseFloors(trim),
  "remove what is below floors": () => timelines.removeBelowFloors(trim),
  "find stuck pulls": () => timelines.stuckPulls(trim, 20),
};

/** What the statement itself has made, and an index that is left at its first rows. */
const BOUNDED =
  /^SCAN (?:CONSTANT ROW|\d+ CONSTANT ROWS|friend$|authors$|waiting$|\(|timelines USING COVERING INDEX timelines_by_trimming$)/;

test.each(Object.entries(statements))("to %s scans no table", async (_, statement) => {
  const { sql, params } = new SQLiteAsyncDialect().sqlToQuery(statement());
  const args = params as (string | number)[];
  const { rows } = await opened.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  const plan = rows.map(({ detail }) => String(detail));
  expect(plan.filter((step) => step.startsWith("SCAN") && !BOUNDED.test(step))).toEqual([]);
});
