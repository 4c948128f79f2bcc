import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeCursor } from "../../src/domain/cursor.ts";
import type { PostJson } from "../../src/services/posts/wire-post.ts";
import { openPosts, type Asked, type Person, type PostsWorld } from "./posts-world.ts";
import { addSession, signedToken } from "./sessions.ts";

const ONE_TRIP = /^db;dur=[\d.]+;desc="1 trip", rows;desc="\d+",(?: cache;desc="miss",)? total;/;

interface Page {
  items: PostJson[];
  next_cursor: string | null;
}

let t: PostsWorld;
beforeAll(async () => {
  t = await openPosts();
});
afterAll(() => t.platform.close());

async function pageOf(who: Person, path = "/v1/feed"): Promise<Page> {
  const { status, body } = await t.ask(who, `GET ${path}`);
  if (status !== 200) throw new Error(`No page: ${status} ${JSON.stringify(body)}`);
  return body as Page;
}

async function idsOf(who: Person, path?: string): Promise<string[]> {
  return (await pageOf(who, path)).items.map(({ id }) => id);
}

function statusOf({ status, body }: Asked): [number, unknown] {
  return [status, (body as { code?: unknown }).code];
}

async function postAll(...authors: Person[]): Promise<string[]> {
  const ids = [];
  for (const author of authors) ids.unshift((await t.post(author)).id);
  return ids;
}

/** Known from here on, so that a request pays no round trip for who asks. */
async function tokenOf(who: Person): Promise<string> {
  const authorization = `Bearer ${signedToken(t.platform, await addSession(t.platform, who))}`;
  await t.ask({ authorization }, "GET /v1/posts/none");
  return authorization;
}

async function clear(): Promise<void> {
  await t.sql("DELETE FROM posts");
  await t.sql("DELETE FROM hidings");
}

describe("the feed", () => {
  test("is one's own posts and one's friends', the newest first, in one round trip", async () => {
    await clear();
    const ids = await postAll("bob", "dan", "ada", "cyd", "bob");
    const { status, body, trips, headers } = await t.ask("ada", "GET /v1/feed");
    expect(status).toBe(200);
    expect((body as Page).items.map(({ id }) => id)).toEqual([ids[0], ids[1], ids[2], ids[4]]);
    expect((body as Page).next_cursor).toBeNull();
    expect(trips).toBe(1);
    expect(headers.get("server-timing")).toMatch(ONE_TRIP);
    expect(await idsOf("bob")).toEqual([ids[0], ids[2], ids[4]]);
    expect(await idsOf("dan")).toEqual([ids[3]]);
  });

  test("shows a post as the post's own address does", async () => {
    await clear();
    const [id] = await postAll("bob");
    await t.comment("ada", id, "Mine");
    await t.ask("ada", `PUT /v1/posts/${id}/like`);
    const { items } = await pageOf("ada");
    expect(items).toEqual([(await t.ask("ada", `GET /v1/posts/${id}`)).body]);
    expect(items[0]).toMatchObject({ like_count: 1, liked: true, comments: [{ text: "Mine" }] });
    expect((await pageOf("bob")).items[0]).toMatchObject({ like_count: 1, liked: false });
  });

  test("is empty for who has neither posts nor friends who have", async () => {
    await clear();
    expect(await pageOf("dan")).toEqual({ items: [], next_cursor: null });
  });

  test("comes in pages of `limit`, which a link leads through", async () => {
    await clear();
    const ids = await postAll("ada", "bob", "cyd", "bob", "ada");
    const first = await t.ask("ada", "GET /v1/feed?limit=2");
    const { items, next_cursor: cursor } = first.body as Page;
    expect(items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.headers.get("link")).toBe(`</v1/feed?limit=2&cursor=${cursor}>; rel="next"`);
    const second = await pageOf("ada", `/v1/feed?limit=2&cursor=${cursor}`);
    const third = await pageOf("ada", `/v1/feed?limit=2&cursor=${second.next_cursor}`);
    const others = [...second.items, ...third.items].map(({ id }) => id);
    expect(others).toEqual(ids.slice(2));
    expect(third.next_cursor).toBeNull();
    expect((await pageOf("ada", "/v1/feed?limit=5")).next_cursor).toBeNull();
  });

  test.each(["0", "101", "-1", "1.5", "many", ""])("takes no limit of %j", async (limit) => {
    expect(statusOf(await t.ask("ada", `GET /v1/feed?limit=${limit}`))).toEqual([400, "bad_request"]);
  });

  test("pages are full although deleted and hidden posts lie between", async () => {
    await clear();
    const ids = await postAll("ada", "bob", "cyd", "bob", "cyd", "ada", "bob");
    await t.hide("ada", "cyd", "mute");
    await t.ask("bob", `DELETE /v1/posts/${ids[0]}`);
    const { items, next_cursor: cursor } = await pageOf("ada", "/v1/feed?limit=3");
    expect(items.map(({ id }) => id)).toEqual([ids[1], ids[3], ids[5]]);
    const rest = await pageOf("ada", `/v1/feed?limit=3&cursor=${cursor}`);
    expect(rest).toMatchObject({ items: [{ id: ids[6] }], next_cursor: null });
  });

  test.each([
    ["a mute of one's own", "ada", "bob", "mute"],
    ["a mute by the other", "bob", "ada", "mute"],
    ["a block of one's own", "ada", "bob", "block"],
    ["a block by the other", "bob", "ada", "block"],
  ] as const)("%s takes posts out of both feeds, and nobody else's", async (_, one, other, kind) => {
    await clear();
    const [ofBob, ofCyd, ofAda] = await postAll("ada", "cyd", "bob");
    await t.hide(one, other, kind);
    expect(await idsOf("ada")).toEqual([ofCyd, ofAda]);
    expect(await idsOf("bob")).toEqual([ofBob]);
    expect(await idsOf("cyd")).toEqual([ofCyd, ofAda]);
  });

  test("has no posts of who asked or was asked, nor of who is a friend no more", async () => {
    await clear();
    const [ofDan] = await postAll("dan");
    await t.ask("dan", "PUT /v1/friends/bob");
    expect(await idsOf("bob")).toEqual([]);
    expect(await idsOf("dan")).toEqual([ofDan]);
    await t.ask("bob", "PUT /v1/friends/dan");
    expect(await idsOf("bob")).toEqual([ofDan]);
    await t.ask("bob", "DELETE /v1/friends/dan");
    expect(await idsOf("bob")).toEqual([]);
  });

  test("shows what one has written at once", async () => {
    await clear();
    for (const who of ["ada", "bob"] as const) {
      const { id } = await t.post(who);
      expect((await idsOf(who))[0]).toBe(id);
    }
  });
});

describe("a cursor of the feed", () => {
  test("that is forged, cut, of another list or of another person is refused", async () => {
    await clear();
    const [id] = await postAll("bob", "ada", "ada", "bob");
    const own = async (path: string) => (await pageOf("ada", `${path}?limit=1`)).next_cursor ?? "";
    const feed = await own("/v1/feed");
    const secret = t.platform.config.secret;
    const foreign = await encodeCursor("another secret", "feed:ada", { id });
    const shapeless = await encodeCursor(secret, "feed:ada", { id: 7 });
    const of = { ada: await own("/v1/users/ada/posts"), bob: await own("/v1/users/bob/posts") };
    const bad = [feed.slice(0, -4), `${feed}AAAA`, "none", id, foreign, shapeless, of.ada, of.bob];
    for (const cursor of bad)
      expect(statusOf(await t.ask("ada", `GET /v1/feed?cursor=${cursor}`))).toEqual([400, "bad_cursor"]);
    const refused = async (who: Person, path: string, cursor: string) =>
      expect(statusOf(await t.ask(who, `GET ${path}?cursor=${cursor}`))).toEqual([400, "bad_cursor"]);
    await refused("bob", "/v1/feed", feed);
    await refused("ada", "/v1/users/ada/posts", of.bob);
    await refused("bob", "/v1/users/bob/posts", of.bob);
    expect(await idsOf("ada", `/v1/feed?cursor=${feed}`)).toHaveLength(3);
  });

  test("survives the end of its post", async () => {
    await clear();
    const ids = await postAll("ada", "bob", "ada");
    const { next_cursor: cursor } = await pageOf("ada", "/v1/feed?limit=2");
    await t.ask("bob", `DELETE /v1/posts/${ids[1]}`);
    await postAll("bob");
    expect(await idsOf("ada", `/v1/feed?cursor=${cursor}`)).toEqual([ids[2]]);
  });
});

describe("a page of posts", () => {
  const paths = ["/v1/feed", "/v1/users/bob/posts"];

  test.each(paths)("of %s is its viewer's own, and not sent again while it is the same", async (path) => {
    await clear();
    const [id] = await postAll("bob");
    const tokens = { ada: await tokenOf("ada"), bob: await tokenOf("bob") };
    const ask = async (who: "ada" | "bob", etag: string) =>
      t.ask({ authorization: tokens[who], "if-none-match": etag }, `GET ${path}`);
    const { headers } = await t.ask("ada", `GET ${path}`);
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("vary")).toMatch(/Authorization, Cookie/);
    const etag = headers.get("etag") ?? "";
    const again = await ask("ada", etag);
    expect(again).toMatchObject({ status: 304, body: null, trips: 1 });
    expect(again.headers.get("cache-control")).toBe("private, no-cache");

    await t.ask("ada", `PUT /v1/posts/${id}/like`);
    const liked = await ask("ada", etag);
    expect(liked.status).toBe(200);
    const likedTag = liked.headers.get("etag") ?? "";
    expect(await ask("ada", likedTag)).toMatchObject({ status: 304 });
    expect(await ask("bob", likedTag)).toMatchObject({ status: 200, body: { items: [{ liked: false }] } });
    await t.sql("UPDATE users SET name = name || '!' WHERE id = 'bob'");
    expect(await ask("ada", likedTag)).toMatchObject({ status: 200 });
  });

  test.each(paths)("of %s is for persons who are signed in", async (path) => {
    expect((await t.ask({}, `GET ${path}`)).status).toBe(401);
    expect((await t.ask(t.acme.headers, `GET ${path}`)).status).toBe(403);
  });

  test("of a `user_id` is one's own all the same", async () => {
    await clear();
    const [ofDan] = await postAll("dan");
    expect(await idsOf("dan", "/v1/feed?user_id=ada")).toEqual([ofDan]);
    expect(await idsOf("ada", "/v1/feed?user_id=dan")).toEqual([]);
  });
});

describe("a person's posts", () => {
  test("are all of theirs for themselves and for friends, in pages of one round trip", async () => {
    await clear();
    const ids = await postAll("bob", "ada", "bob", "bob");
    await t.ask("bob", `DELETE /v1/posts/${ids[1]}`);
    for (const who of ["ada", "bob"] as const) {
      const first = await t.ask(who, "GET /v1/users/bob/posts?limit=1");
      expect(first).toMatchObject({ status: 200, trips: 1, body: { items: [{ id: ids[0] }] } });
      expect(first.headers.get("server-timing")).toMatch(ONE_TRIP);
      const cursor = (first.body as Page).next_cursor;
      expect(await pageOf(who, `/v1/users/bob/posts?cursor=${cursor}`)).toMatchObject({
        items: [{ id: ids[3] }],
        next_cursor: null,
      });
    }
  });

  test("are none for who is no friend, or hidden by a mute of either", async () => {
    await clear();
    await postAll("bob", "cyd");
    expect(await idsOf("dan", "/v1/users/bob/posts")).toEqual([]);
    await t.hide("bob", "ada", "mute");
    await t.hide("ada", "cyd", "mute");
    expect(await idsOf("ada", "/v1/users/bob/posts")).toEqual([]);
    expect(await idsOf("ada", "/v1/users/cyd/posts")).toEqual([]);
    expect(await idsOf("bob", "/v1/users/bob/posts")).toHaveLength(1);
  });

  test("are not there where there is no such person, or one who blocks the viewer", async () => {
    await clear();
    await postAll("bob");
    const none = await t.ask("ada", "GET /v1/users/none/posts");
    await t.hide("bob", "ada", "block");
    const blocked = await t.ask("ada", "GET /v1/users/bob/posts");
    expect([statusOf(none), statusOf(blocked)]).toEqual([
      [404, "not_found"],
      [404, "not_found"],
    ]);
  });
});
