import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { MANY_FRIENDS, MAX_WALK } from "../../src/db/queries/feed-skeleton.ts";
import { newPostsStatement } from "../../src/db/queries/feed-live.ts";
import type { App } from "../../src/routes/openapi.ts";
import type { NewsJson } from "../../src/services/feed/live.ts";
import { ORIGIN } from "./open-app.ts";
import { openPosts, type Person, type PostsWorld } from "./posts-world.ts";
import { addSession, endSession, signedToken } from "./sessions.ts";

/** Pauses end when the test says so: `polls` are those under way. */
const polls: (() => void)[] = [];
const POLLS = 3;

let t: PostsWorld;
let app: App;
beforeAll(async () => {
  t = await openPosts();
  const pause = () => new Promise<void>((resolve) => polls.push(resolve));
  app = createApp({ pace: { pollMs: 10, maxMs: 10 * POLLS, pause } });
});
afterAll(() => t.platform.close());
beforeEach(() => t.sql("DELETE FROM posts"));

async function bearer(who: Person): Promise<{ token: string; headers: { authorization: string } }> {
  const token = await addSession(t.platform, who);
  return { token, headers: { authorization: `Bearer ${signedToken(t.platform, token)}` } };
}

function newsOf(who: Person, since?: string): Promise<NewsJson> {
  const query = since === undefined ? "" : `?since=${since}`;
  return t.ask(who, `GET /v1/feed/live${query}`).then(({ body }) => body as NewsJson);
}

/** The events of a stream as they come, each with the comments before it. */
async function follow(headers: Record<string, string>, query = "") {
  const request = new Request(`${ORIGIN}/v1/feed/live${query}`, {
    headers: { accept: "text/event-stream", ...headers },
  });
  const deps = openMemoryDeps(t.platform);
  const response = await app.fetch(request, deps);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  /** One event or comment. */
  const next = async (): Promise<string | null> => {
    const read = await reader?.read();
    return read === undefined || read.done ? null : read.value.trimEnd();
  };
  /** What comes after a pause. */
  const afterPause = async (): Promise<string | null> => {
    const coming = next();
    while (polls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const resume of polls.splice(0)) resume();
    return coming;
  };
  return { response, receipt: deps.receipt, next, afterPause, cancel: async () => reader?.cancel() };
}

function event(count: number, latest: string | null): string {
  const data = JSON.stringify({ new_posts: count, is_more: false, latest_id: latest });
  return `event: news\nid: ${count}.${latest ?? ""}\ndata: ${data}`;
}

describe("what is new", () => {
  test("is what others have posted above the newest that one has", async () => {
    const first = await t.post("bob");
    expect(await newsOf("ada", first.id)).toEqual({ new_posts: 0, is_more: false, latest_id: first.id });
    const second = await t.post("bob");
    const third = await t.post("cyd");
    await t.post("ada");
    await t.post("dan");
    expect(await newsOf("ada", first.id)).toEqual({ new_posts: 2, is_more: false, latest_id: third.id });
    expect(await newsOf("ada", second.id)).toMatchObject({ new_posts: 1 });
    expect(await newsOf("ada")).toMatchObject({ new_posts: 3, latest_id: third.id });
    expect(await newsOf("dan", first.id)).toMatchObject({ new_posts: 0, latest_id: first.id });
  });

  test("is nothing in an empty community", async () => {
    expect(await newsOf("ada")).toEqual({ new_posts: 0, is_more: false, latest_id: null });
  });

  test("has nothing deleted, and nothing of who is hidden or a friend no more", async () => {
    const kept = await t.post("bob");
    const { id } = await t.post("bob");
    const ofCyd = await t.post("cyd");
    expect(await newsOf("ada")).toMatchObject({ new_posts: 3, latest_id: ofCyd.id });
    await t.ask("cyd", "PUT /v1/blocks/ada");
    await t.ask("bob", `DELETE /v1/posts/${id}`);
    expect(await newsOf("ada")).toMatchObject({ new_posts: 1, latest_id: kept.id });
    await t.ask("ada", "PUT /v1/mutes/bob");
    expect(await newsOf("ada")).toMatchObject({ new_posts: 0, latest_id: null });
    await t.ask("ada", "DELETE /v1/mutes/bob");
    await t.sql("DELETE FROM hidings");
    await t.befriend("ada", "cyd");
  });

  test("is counted up to 100", async () => {
    const insert = `INSERT INTO posts (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
      VALUES (?, 'bob', 'Hi', '[]', '[]', 0, 0, 1, 0)`;
    for (let i = 100; i < 200; i++) await t.sql(insert, [`post_${i}`]);
    expect(await newsOf("ada")).toEqual({ new_posts: 100, is_more: false, latest_id: "post_199" });
    await t.sql(insert, ["post_200"]);
    expect(await newsOf("ada")).toEqual({ new_posts: 100, is_more: true, latest_id: "post_200" });
    expect(await newsOf("ada", "post_150")).toEqual({ new_posts: 50, is_more: false, latest_id: "post_200" });
  });

  test("of very many friends is looked for among the newest posts of all", async () => {
    const numbers = (count: number) =>
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
    await t.sql(`INSERT INTO users (id, name, email, email_verified, created_at, updated_at) ${numbers(MANY_FRIENDS)}
      SELECT 'f' || i, 'F', 'f' || i, 1, 0, 0 FROM n`);
    const befriend = (one: string, other: string) =>
      t.sql(`INSERT INTO friendships ${numbers(MANY_FRIENDS)} SELECT ${one}, ${other}, 'friends', 0 FROM n`);
    await befriend("'dan'", "'f' || i");
    await befriend("'f' || i", "'dan'");
    const post = (prefix: string, author: string, count: number) =>
      t.sql(`INSERT INTO posts (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
        ${numbers(count)} SELECT printf('post_${prefix}%04d', i), ${author}, 'Hi', '[]', '[]', 0, 0, 1, 0 FROM n`);
    await post("a", "'f' || i", 30);
    await post("b", "'bob'", 10);
    await t.sql("INSERT INTO hidings (user_id, other_id, kind, created_at) VALUES ('f30', 'dan', 'mute', 0)");
    expect(await newsOf("dan")).toEqual({ new_posts: 29, is_more: false, latest_id: "post_a0029" });
    await post("c", "'bob'", MAX_WALK - 10);
    expect(await newsOf("dan")).toMatchObject({ new_posts: 0, is_more: true });
  });

  test("is looked for in indexes alone", async () => {
    const statement = newPostsStatement({ viewer: "ada", since: "", max: 1, sessionId: "s", now: 1 });
    const sql = `EXPLAIN QUERY PLAN ${statement.sql}`;
    const { rows } = await t.platform.client.execute({ ...statement, sql });
    const steps = rows.map(({ detail }) => String(detail));
    expect(steps).toContain(
      "SEARCH posts USING COVERING INDEX posts_of_author (author_id=? AND deleted_at=? AND id>?)",
    );
    // `posts` is what the walk has read: the rule wants it under this name.
    expect(steps.filter((step) => /^SCAN (?:posts|friendship|hiding|session)/.test(step))).toEqual([
      "SCAN posts",
    ]);
  });

  test.each([
    "x",
    "",
    "comment_019b7ca98c8870b4808e96fd1b3df43e",
    "post_",
    "post_%27",
    `post_${"1".repeat(60)}`,
  ])("is not to be asked above %j", async (since) => {
    expect((await t.ask("ada", `GET /v1/feed/live?since=${since}`)).status).toBe(400);
  });

  test("is for persons who are signed in", async () => {
    expect((await t.ask({}, "GET /v1/feed/live")).status).toBe(401);
    expect((await t.ask(t.acme.headers, "GET /v1/feed/live")).status).toBe(403);
  });
});

describe("asked again", () => {
  test("it is not sent again while nothing is new, in one round trip", async () => {
    const { headers } = await bearer("ada");
    const { id } = await t.post("bob");
    const path = `GET /v1/feed/live?since=${id}`;
    const first = await t.ask(headers, path);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("vary")).toMatch(/Accept, Authorization, Cookie/);
    const held = { ...headers, "if-none-match": first.headers.get("etag") ?? "" };
    expect(await t.ask(held, path)).toMatchObject({ status: 304, trips: 1 });
    await t.post("bob");
    expect(await t.ask(held, path)).toMatchObject({ status: 200, trips: 1, body: { new_posts: 1 } });
  });

  test("by a session that has ended it is refused at once", async () => {
    const { token, headers } = await bearer("ada");
    expect((await t.ask(headers, "GET /v1/feed/live")).status).toBe(200);
    await endSession(t.platform, token);
    expect((await t.ask(headers, "GET /v1/feed/live")).status).toBe(401);
  });
});

describe("a stream", () => {
  test("says how it is, then each change, and ends by itself; each look is one round trip", async () => {
    const { headers } = await bearer("ada");
    const { id } = await t.post("bob");
    const { response, receipt, next, afterPause } = await follow(headers, `?since=${id}`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
    expect([await next(), await next()]).toEqual(["retry: 5000", event(0, id)]);
    const trips = receipt.dbTrips;
    const second = await t.post("bob");
    expect(await afterPause()).toBe(event(1, second.id));
    expect(await afterPause()).toBe(": waiting");
    expect(receipt.dbTrips).toBe(trips + 2);
    await t.ask("bob", `DELETE /v1/posts/${second.id}`);
    expect(await afterPause()).toBe(event(0, id));
    expect(await next()).toBeNull();
  });

  test("does not say again what the last event said", async () => {
    const { headers } = await bearer("ada");
    const { id } = await t.post("bob");
    const again = await follow({ ...headers, "last-event-id": `1.${id}` });
    expect([await again.next(), await again.next()]).toEqual(["retry: 5000", ": waiting"]);
    const later = await t.post("bob");
    expect(await again.afterPause()).toBe(event(2, later.id));
    await again.cancel();
    const strange = await follow({ ...headers, "last-event-id": "ended" });
    expect([await strange.next(), await strange.next()]).toEqual(["retry: 5000", event(2, later.id)]);
    await strange.cancel();
  });

  test("counts the posts of who hides the reader meanwhile no more", async () => {
    const { headers } = await bearer("ada");
    const { id } = await t.post("bob");
    const { next, afterPause, cancel } = await follow(headers);
    expect([await next(), await next()]).toEqual(["retry: 5000", event(1, id)]);
    await t.hide("bob", "ada", "block");
    expect(await afterPause()).toBe(event(0, null));
    await t.sql("DELETE FROM hidings");
    await cancel();
  });

  test("ends with its session, and is not opened again by it", async () => {
    const { token, headers } = await bearer("ada");
    const { next, afterPause } = await follow(headers);
    expect([await next(), await next()]).toEqual(["retry: 5000", event(0, null)]);
    await endSession(t.platform, token);
    expect(await afterPause()).toBeNull();
    expect((await follow(headers)).response.status).toBe(401);
  });

  test("looks at most once more once its reader is gone", async () => {
    const { headers } = await bearer("ada");
    const { receipt, next, cancel } = await follow(headers);
    await next();
    await next();
    const trips = receipt.dbTrips;
    await cancel();
    expect(await next()).toBeNull();
    for (let turn = 0; turn < 5; turn++) {
      for (const resume of polls.splice(0)) resume();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(receipt.dbTrips).toBeLessThanOrEqual(trips + 1);
    expect(polls).toEqual([]);
  });
});
