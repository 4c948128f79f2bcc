import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../../src/db/client.ts";
import {
  askedQuery,
  askStatement,
  endFriendshipStatement,
  isThereQuery,
  leftQuery,
  listFriendsQuery,
} from "../../../src/db/queries/friendships.ts";
import {
  endByBlockStatement,
  hideStatement,
  listHiddenQuery,
  unhideStatement,
} from "../../../src/db/queries/hidings.ts";
import { findProfileQuery, searchPeopleQuery } from "../../../src/db/queries/people.ts";
import { areFriends, notBlockedBy, notHidden } from "../../../src/db/queries/visible.ts";
import { users } from "../../../src/db/schema/accounts.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";
import { planOf, type Built } from "../../db/plan-of.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const pair = { viewer: "u", other: "v", confirmedOnly: true };
const asking = { ...pair, now: 1, maxFriends: 5_000, maxAsked: 500 };
const hiding = { ...pair, kind: "block" as const };
const page = { userId: "u", after: { since: 1, id: "v" }, limit: 21 };

const queries: Record<string, (db: Database) => Built> = {
  "ask a friend": (db) => askStatement(db, asking),
  "say what became of an asking": (db) => askedQuery(db, asking),
  "end a friendship": (db) => endFriendshipStatement(db, { ...pair, only: null }),
  "withdraw an asking": (db) => endFriendshipStatement(db, { ...pair, only: "asked" }),
  "see what is left of a friendship": (db) => leftQuery(db, pair),
  "see whether a person is there": (db) => isThereQuery(db, pair),
  "list friends": (db) => listFriendsQuery(db, { ...page, state: "friends" }),
  "list friends from the first": (db) => listFriendsQuery(db, { ...page, state: "friends", after: null }),
  "hide a person": (db) => hideStatement(db, { ...hiding, now: 1, max: 5_000 }),
  "end a friendship by a block": (db) => endByBlockStatement(db, hiding),
  "show a person again": (db) => unhideStatement(db, hiding),
  "list who is hidden": (db) => listHiddenQuery(db, { ...page, kind: "mute" }),
  "list who is hidden from the first": (db) => listHiddenQuery(db, { ...page, kind: "mute", after: null }),
  "read a person": (db) => findProfileQuery(db, { ...pair, maxPosts: 1_000 }),
  "read oneself": (db) => findProfileQuery(db, { ...pair, other: "u", maxPosts: 1_000 }),
  "find people": (db) => searchPeopleQuery(db, { ...pair, prefix: "ada", limit: 20 }),
  "see who is visible": (db) =>
    db.orm
      .select({ id: users.id })
      .from(users)
      .where(
        and(
          eq(users.id, "v"),
          notHidden("u", users.id),
          areFriends("u", users.id),
          notBlockedBy("u", users.id),
        ),
      ),
};

/** Rows made up in the statement, and the names that `MAX_NAMES` bounds. */
const BOUNDED =
  /SCAN (?!CONSTANT ROW|pair\b|before\b|after\b|person\b|\(subquery|\d+ CONSTANT ROWS?)|TEMP B-TREE/;

test.each(Object.entries(queries))("to %s scans no table and sorts nothing", async (_, build) => {
  const plan = await planOf(opened.client, build(opened.db));
  expect(plan.filter((step) => BOUNDED.test(step))).toEqual([]);
  expect(plan.length).toBeGreaterThan(0);
});
