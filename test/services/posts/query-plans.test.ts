import type { InStatement } from "@libsql/client";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as comments from "../../../src/db/queries/comments.ts";
import * as likes from "../../../src/db/queries/likes.ts";
import { hydratedPosts, hydratePosts, idsOf } from "../../../src/db/queries/post-hydration.ts";
import * as posts from "../../../src/db/queries/posts.ts";
import { driftedPosts, recountPostsStatement } from "../../../src/db/queries/posts-recount.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";

type Sql = Parameters<SQLiteAsyncDialect["sqlToQuery"]>[0];

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

async function planOf(statement: Sql): Promise<string[]> {
  const { sql, params } = new SQLiteAsyncDialect().sqlToQuery(statement);
  const args = params as (string | number | null)[];
  const { rows } = await opened.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  return rows.map(({ detail }) => String(detail));
}

const mentioned = [{ userId: "v", names: ["V", "V"] as const }];
const written = { id: "x", authorId: "u", text: "", entities: [], mentioned, now: 1 };
const post = { ...written, productId: "p", imageIds: ["i"] };
const comment = { ...written, postId: "p" };
const viewed = { id: "p", viewerId: "u" };
const after = { at: 1, userId: "w" };

const statements: Record<string, () => Sql> = {
  "say what keeps a post from being written": () => posts.postObstacles(post),
  "write a post": () => posts.insertPost(post),
  "read posts": () => hydratedPosts("u", idsOf('["p"]')),
  "read a post": () => hydratedPosts("u", posts.seenPost(viewed)),
  "see whose a post is": () => posts.postStanding(viewed),
  "bury a post": () => posts.buryPost(viewed, 1),
  "count a like": () => likes.countLike(viewed, 1),
  "write a like": () => likes.insertLike(viewed, 1),
  "uncount a like": () => likes.countLike(viewed, -1),
  "delete a like": () => likes.deleteLike(viewed),
  "read the count of likes": () => likes.seenLikes(viewed),
  "list likes": () => likes.likesPage({ ...viewed, after: null, limit: 20 }),
  "list more likes": () => likes.likesPage({ ...viewed, after, limit: 20 }),
  "say what keeps a comment from being written": () => comments.commentObstacles(comment),
  "count a comment": () => comments.countComment(comment),
  "write a comment": () => comments.insertComment(comment),
  "list comments": () => comments.commentsPage({ ...viewed, before: null, limit: 20 }),
  "see whose a comment is": () => comments.commentStanding(viewed),
  "uncount a comment": () => comments.uncountComment(viewed),
  "bury a comment": () => comments.buryComment(viewed, 1),
  "find wrong counts": () => driftedPosts({ at: 0.5, posts: 500, rows: 50_000 }),
  "make counts right": () => recountPostsStatement(["p"]),
};

/** What json_each reads, results of a bounded subquery, and rows that are no table's. */
const BOUNDED = /SCAN (?:json_each|named|sample|CONSTANT ROW|comment$|\(subquery-\d+\))/;

test.each(Object.entries(statements))("to %s scans no table and sorts nothing", async (_, build) => {
  const plan = await planOf(build());
  const costly = plan.filter((step) => /SCAN|TEMP B-TREE/.test(step) && !BOUNDED.test(step));
  expect(costly).toEqual([]);
  expect(plan.length).toBeGreaterThan(0);
});

test("likes are read in the order of their index", async () => {
  const plan = await planOf(likes.likesPage({ ...viewed, after, limit: 20 }));
  expect(plan[0]).toMatch(
    /^SEARCH likes USING COVERING INDEX likes_of_post_by_time \(post_id=\? AND \(created_at,user_id\)</,
  );
});

test("the end of an account, or of a post, finds all that goes with it by indexes", async () => {
  for (const table of ["users", "posts"]) {
    const { rows } = await opened.client.execute(`EXPLAIN QUERY PLAN DELETE FROM ${table} WHERE id = 'x'`);
    const steps = rows.map(({ detail }) => String(detail));
    expect(steps.filter((step) => /SCAN (?:posts|likes|comments)/.test(step))).toEqual([]);
    expect(steps.join()).toContain("SEARCH comments");
  }
});

describe("of a hundred posts", () => {
  let filled: TestDatabase;
  const ids = Array.from({ length: 101 }, (_, i) => `post_${String(i).padStart(3, "0")}`);
  const wanted = ids.toReversed();
  const rows = (): InStatement[] =>
    ids.flatMap((id, i): InStatement[] => [
      {
        sql: "INSERT INTO posts VALUES (?, 'u', ?, '[]', NULL, '[]', 0, 3, 1, ?, ?)",
        args: [id, `text ${i}`, i, i === 50 ? 1 : null],
      },
      ...["a", "b", "c"].map((part): InStatement => ({
        sql: "INSERT INTO comments VALUES (?, ?, 'u', ?, '[]', 0, NULL)",
        args: [`${id}_${part}`, id, part],
      })),
    ]);
  beforeAll(async () => {
    const user =
      "INSERT INTO users (id, name, email, created_at, updated_at) VALUES ('u', 'U', 'u@x.example', 0, 0)";
    filled = await openTestDatabase();
    await filled.client.batch([user, ...rows()], "write");
  });
  afterAll(() => filled.close());

  test("each that is there comes once, in the order that is asked for, in one round trip", async () => {
    const before = filled.receipt.dbTrips;
    const found = await hydratePosts(filled.db, "u", [...wanted, "post_none"]);
    expect(found.map(({ id }) => id)).toEqual(wanted.filter((id) => id !== "post_050"));
    expect(found.every(({ comments: of }) => of.map(({ text }) => text).join("") === "cb")).toBe(true);
    expect(filled.receipt.dbTrips - before).toBe(1);
  });
});
