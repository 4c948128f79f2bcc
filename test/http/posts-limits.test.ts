import { afterEach, beforeEach, expect, test } from "vitest";
import { RATE_LIMIT_POLICIES } from "../../src/platform/memory/rate-limit.ts";
import { openPosts, type Person, type PostsWorld } from "./posts-world.ts";

let t: PostsWorld;
beforeEach(async () => {
  t = await openPosts({ config: { rateLimits: true } });
});
afterEach(() => t.platform.close());

/** How many of each status, and what the last refusal says. */
async function ask(times: number, who: Person, request: string, body?: (i: number) => unknown) {
  const statuses = new Map<number, number>();
  let policy: string | null = null;
  for (let i = 0; i < times; i++) {
    const { status, headers } = await t.ask(who, request, body?.(i));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 429) policy = headers.get("ratelimit-policy");
  }
  return { statuses: Object.fromEntries(statuses), policy };
}

test("of a thousand likes in a minute those over the limit are refused, and the post counts one", async () => {
  const { id } = await t.post("ada");
  const { limit } = RATE_LIMIT_POLICIES.like;
  const seen = await ask(1_000, "bob", `PUT /v1/posts/${id}/like`);
  expect(seen).toEqual({ statuses: { 200: limit, 429: 1_000 - limit }, policy: `"like";q=${limit};w=60` });
  expect((await t.ask("cyd", `PUT /v1/posts/${id}/like`)).body).toEqual({ liked: true, like_count: 2 });
  expect(await t.miscounted()).toEqual([]);
});

test("posts and comments share a limit of their own, which likes do not use up", async () => {
  const { limit } = RATE_LIMIT_POLICIES.post;
  const { id } = await t.post("bob");
  const comments = await ask(limit, "ada", `POST /v1/posts/${id}/comments`, (i) => ({ text: `Hi ${i}` }));
  expect(comments.statuses).toEqual({ 201: limit });
  const posts = await ask(3, "ada", "POST /v1/posts", (i) => ({ text: `Hello ${i}` }));
  expect(posts).toEqual({ statuses: { 429: 3 }, policy: `"post";q=${limit};w=60` });
  expect((await t.ask("ada", `PUT /v1/posts/${id}/like`)).status).toBe(200);
  expect((await t.ask("ada", `GET /v1/posts/${id}`)).body).toMatchObject({ comment_count: limit });
  t.platform.clock.advance(60_000);
  expect((await ask(1, "ada", "POST /v1/posts", () => ({ text: "Later" }))).statuses).toEqual({ 201: 1 });
});

test("asking is limited, answered or not", async () => {
  const { limit } = RATE_LIMIT_POLICIES.ask;
  const seen = await ask(limit + 5, "ada", "PUT /v1/friends/dan");
  expect(seen).toEqual({ statuses: { 200: limit, 429: 5 }, policy: `"ask";q=${limit};w=60` });
  expect(
    await t.sql("SELECT count(*) AS n FROM friendships WHERE user_id = 'ada' AND other_id = 'dan'"),
  ).toEqual([{ n: 1 }]);
});
