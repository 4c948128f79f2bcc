import Sqlite from "libsql";
import { fileURLToPath } from "node:url";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  BEFORE_ALL,
  byIndex,
  fromFriends,
  MANY_FRIENDS,
  MAX_WALK,
} from "../../../src/db/queries/feed-skeleton.ts";
import { byTimeline } from "../../../src/db/queries/feed-skeleton-timeline.ts";
import type { Skeleton } from "../../../src/db/queries/feed-skeleton.ts";
import { feedStatement, postsOfQuery } from "../../../src/db/queries/feed.ts";
import type { Statement } from "../../../src/db/statement-texts.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";

let opened: TestDatabase;
let sqlite: Sqlite.Database;
beforeAll(async () => {
  opened = await openTestDatabase();
  await opened.client.execute("PRAGMA synchronous = OFF");
  sqlite = new Sqlite(fileURLToPath(opened.url));
});
afterAll(() => {
  sqlite.close();
  opened.close();
});

function feedOf(viewer: string, skeleton: Skeleton, after: string | null = null): Statement {
  return feedStatement({ viewer, after, limit: 21 }, skeleton);
}

function profileOf(viewer: string, other: string): Statement {
  const query = postsOfQuery({ viewer, other, confirmedOnly: true }, { after: BEFORE_ALL, limit: 21 });
  const { sql, params } = new SQLiteAsyncDialect().sqlToQuery(query);
  return { sql, args: params as string[] };
}

/** Steps of SQLite's virtual machine that a statement takes, and its ids. */
function run({ sql, args }: Statement): { steps: number; ids: string[] } {
  const statement = sqlite.prepare(sql);
  const rows = statement.all(...args) as { id: string }[];
  const { steps } = sqlite.prepare("SELECT max(nstep) AS steps FROM sqlite_stmt WHERE sql = ?").get(sql) as {
    steps: number;
  };
  return { steps, ids: rows.map(({ id }) => id) };
}

let worlds = 0;

/** `viewer`, so many friends of theirs, and as many posts of each, in turns; newer than all posts until then. */
function addFriends(viewer: string, friends: number, postsEach: number): void {
  worlds++;
  const numbers = (count: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const id = `printf('${viewer}-%05d', i)`;
  const columns = "(id, name, email, email_verified, created_at, updated_at)";
  sqlite.exec(`INSERT INTO users ${columns} VALUES ('${viewer}', 'V', '${viewer}', 1, 0, 0);
    INSERT INTO users ${columns} ${numbers(friends)} SELECT ${id}, 'F', ${id}, 1, 0, 0 FROM n;
    INSERT INTO friendships ${numbers(friends)} SELECT '${viewer}', ${id}, 'friends', 0 FROM n;
    INSERT INTO posts ${numbers(friends * postsEach)} SELECT printf('post_${worlds}_%08d', i),
      printf('${viewer}-%05d', 1 + i * 7919 % ${friends}), 'Hi', '[]', NULL, '[]', 0, 0, 1, 0, NULL FROM n`);
}

describe("the plan", () => {
  test.each([
    ["of the feed", feedOf("u", byTimeline)],
    ["of the feed by index", feedOf("u", byIndex)],
    ["of the feed by friends alone", feedOf("u", fromFriends)],
    ["of a person's posts", profileOf("u", "v")],
  ])("%s scans no table, and enters the posts by author", async (_, { sql, args }) => {
    const { rows } = await opened.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
    const plan = rows.map(({ detail }) => String(detail));
    // Scanned is what the statement itself has made; "posts" alone is the walk, and "pending_posts" are counted, both up to a limit.
    const made =
      /^SCAN (?:(?:authors|found|line|page|pulled|pending_posts|wanted|posts|comment)$|named |CONSTANT ROW|\()/;
    expect(plan.filter((step) => step.startsWith("SCAN") && !made.test(step))).toEqual([]);
    const search =
      "SEARCH posts USING COVERING INDEX posts_of_author (author_id=? AND deleted_at=? AND id<?)";
    expect(plan).toContain(search);
  });
});

describe("the work", () => {
  test("grows neither with what friends have written nor with how far one has read", () => {
    addFriends("few", 40, 2);
    addFriends("many", 40, 100);
    for (const skeleton of [byIndex, fromFriends]) {
      const few = run(feedOf("few", skeleton));
      const first = run(feedOf("many", skeleton));
      const deep = run(feedOf("many", skeleton, "post_2_00002000"));
      expect([few, first, deep].map(({ ids }) => ids.length)).toEqual([21, 21, 21]);
      expect(first.steps).toBeLessThan(few.steps * 1.5);
      expect(deep.steps).toBeLessThan(few.steps * 1.5);
    }
  });

  test("of many friends is that of the newest posts of all", () => {
    addFriends("popular", MANY_FRIENDS, 1);
    const walked = run(feedOf("popular", byIndex));
    const merged = run(feedOf("popular", fromFriends));
    expect(walked.ids).toEqual(merged.ids);
    expect(walked.steps).toBeLessThan(merged.steps / 2);
  });

  test("of the walk ends where the newest posts are others'", () => {
    addFriends("quiet", MANY_FRIENDS, 1);
    addFriends("loud", 10, MAX_WALK);
    const before = run(feedOf("quiet", byIndex));
    addFriends("louder", 10, MAX_WALK);
    const after = run(feedOf("quiet", byIndex));
    expect(after.ids).toEqual(before.ids);
    expect(after.steps).toBeLessThan(before.steps * 1.1);
  });

  test("for a person's posts whom one does not see is that of a person without any", () => {
    addFriends("author", 1, 2_000);
    addFriends("stranger", 1, 1);
    const none = run(profileOf("stranger", "stranger"));
    const foreign = run(profileOf("stranger", "author-00001"));
    expect([none.ids, foreign.ids]).toEqual([[], []]);
    expect(foreign.steps).toBeLessThan(none.steps * 1.2);
    const own = run(profileOf("author-00001", "author-00001"));
    expect(own.ids).toHaveLength(21);
    expect(own.steps).toBeLessThan(none.steps + 21 * 300);
  });
});
