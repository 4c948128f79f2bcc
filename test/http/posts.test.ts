import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operatorHeaders } from "./open-app.ts";
import { openPosts, type PostsWorld } from "./posts-world.ts";
import { join } from "./tenants.ts";

let t: PostsWorld;
beforeAll(async () => {
  t = await openPosts();
  const lamp = {
    title: "A lamp",
    price: { amount: 1_999, currency: "USD" },
    image_url: "https://acme.example/l.jpg",
  };
  const { status } = await t.ask(t.acme.headers, "PUT /v1/products/lamp", lamp);
  if (status !== 201) throw new Error(`No lamp: ${status}`);
  await join(t.platform, t.acme.orgId, "ada", "member");
});
afterAll(() => t.platform.close());

const ONE_TRIP = /^db;dur=[\d.]+;desc="1 trip"/;

describe("a post", () => {
  test("is answered as the feed shows it, in one round trip, and is at its Location", async () => {
    await t.addImage("img_a", { user: "ada" });
    await t.addImage("img_b", { org: t.acme.orgId }, "queued");
    const text = " Look: https://shop.example/lamp, @Bob Lovelace! ";
    const from = text.indexOf("@");
    const asked = await t.ask("ada", "POST /v1/posts", {
      text,
      mentions: [{ from, to: from + 13, user_id: "bob" }],
      product_id: "lamp",
      image_ids: ["img_b", "img_a"],
    });
    const pictures = (id: string) => ({
      thumb: `/i/${id}/thumb`,
      medium: `/i/${id}/medium`,
      large: `/i/${id}/large`,
    });
    expect(asked.status).toBe(201);
    expect(asked.body).toEqual({
      id: expect.stringMatching(/^post_[0-9a-f]{32}$/),
      author: { id: "ada", name: "Ada Lovelace", avatar_url: null },
      text: "Look: https://shop.example/lamp, @Bob Lovelace!",
      entities: [
        { kind: "link", from: 6, to: 31, url: "https://shop.example/lamp" },
        { kind: "mention", from: 33, to: 46, user_id: "bob" },
      ],
      product: {
        id: "lamp",
        title: "A lamp",
        price: { amount: 1_999, currency: "USD" },
        image_url: "https://acme.example/l.jpg",
      },
      images: [
        { id: "img_b", width: 30, height: 20, thumbhash: null, url: pictures("img_b") },
        { id: "img_a", width: 30, height: 20, thumbhash: "aGFzaA", url: pictures("img_a") },
      ],
      like_count: 0,
      comment_count: 0,
      liked: false,
      comments: [],
      created_at: expect.stringMatching(/Z$/),
      version: 1,
    });
    expect(asked.headers.get("server-timing")).toMatch(ONE_TRIP);
    const location = asked.headers.get("location");
    const read = await t.ask("bob", `GET ${location}`);
    expect(read).toMatchObject({ status: 200, body: asked.body });
    expect(read.headers.get("server-timing")).toMatch(ONE_TRIP);
    expect(read.headers.get("cache-control")).toBe("no-store");
  });

  test("may be images alone", async () => {
    await t.addImage("img_alone", { user: "bob" });
    expect(await t.post("bob", { image_ids: ["img_alone"] })).toMatchObject({
      text: "",
      images: [{ id: "img_alone" }],
    });
  });

  test("comes with the like of who reads it and the two newest comments that they see", async () => {
    const { id } = await t.post("ada");
    await t.comment("bob", id, "1");
    await t.comment("cyd", id, "2");
    await t.comment("ada", id, "3");
    await t.comment("cyd", id, "4");
    await t.ask("bob", `PUT /v1/posts/${id}/like`);
    const textsOf = async (who: "ada" | "bob" | "cyd") => {
      const { body } = await t.ask(who, `GET /v1/posts/${id}`);
      const { comments, liked, ...counts } = body as { comments: { text: string }[]; liked: boolean };
      expect(counts).toMatchObject({ like_count: 1, comment_count: 4, version: 6 });
      return [liked, ...comments.map(({ text }) => text)];
    };
    expect(await textsOf("ada")).toEqual([false, "4", "3"]);
    expect(await textsOf("bob")).toEqual([true, "4", "3"]);
    await t.hide("bob", "cyd", "mute");
    expect(await textsOf("bob")).toEqual([true, "3", "1"]);
    expect(await textsOf("cyd")).toEqual([false, "4", "3"]);
    await t.sql("DELETE FROM hidings");
  });

  test("shows what is there of its product and images, and of its author only a web address as picture", async () => {
    await t.addImage("img_gone", { user: "cyd" });
    await t.addImage("img_fails", { user: "cyd" }, "processing");
    await t.ask(t.acme.headers, "PUT /v1/products/brief", { title: "Brief" });
    const { id } = await t.post("cyd", { product_id: "brief", image_ids: ["img_gone", "img_fails"] });
    await t.ask(t.acme.headers, "DELETE /v1/products/brief");
    await t.ask("cyd", "DELETE /v1/images/img_gone");
    await t.sql("UPDATE image_contents SET state = 'failed' WHERE sha256 = 'content-of-img_fails'");
    await t.sql("UPDATE users SET image = 'javascript:alert(1)' WHERE id = 'cyd'");
    const read = async () => (await t.ask("ada", `GET /v1/posts/${id}`)).body;
    expect(await read()).toMatchObject({ product: null, images: [], author: { avatar_url: null } });
    await t.sql("UPDATE users SET image = 'https://a.example/c.png' WHERE id = 'cyd'");
    expect(await read()).toMatchObject({ author: { avatar_url: "https://a.example/c.png" } });
  });
});

describe("who sees a post", () => {
  const EVERY_WAY = [
    "GET",
    "DELETE",
    "PUT like",
    "DELETE like",
    "GET likes",
    "GET comments",
    "POST comments",
  ];

  async function everyWay(who: "ada" | "bob" | "cyd" | "dan", id: string): Promise<Record<string, number>> {
    const statuses: Record<string, number> = {};
    for (const way of EVERY_WAY) {
      const [method, part] = way.split(" ");
      const body = method === "POST" ? { text: "Hi" } : undefined;
      const path = part === undefined ? `/v1/posts/${id}` : `/v1/posts/${id}/${part}`;
      statuses[way] = (await t.ask(who, `${method} ${path}`, body)).status;
    }
    return statuses;
  }
  const NOT_THERE = Object.fromEntries(EVERY_WAY.map((way) => [way, 404]));

  test("its author and their friends", async () => {
    const { id } = await t.post("bob");
    const seen = { GET: 200, DELETE: 403, "PUT like": 200, "DELETE like": 200, "GET likes": 200 };
    expect(await everyWay("ada", id)).toEqual({ ...seen, "GET comments": 200, "POST comments": 201 });
  });

  test("nobody else: it is as if it were not there", async () => {
    const { id } = await t.post("bob");
    expect(await everyWay("cyd", id)).toEqual(NOT_THERE);
    expect(await everyWay("dan", id)).toEqual(NOT_THERE);
    const [hidden, none] = [
      await t.ask("dan", `GET /v1/posts/${id}`),
      await t.ask("dan", "GET /v1/posts/post_0"),
    ];
    const unnamed = ({ body }: typeof none, name: string) =>
      JSON.stringify({ ...(body as object), request_id: "" }).replaceAll(name, "");
    expect(unnamed(hidden, id)).toBe(unnamed(none, "post_0"));
  });

  test("nobody who has only asked", async () => {
    const { id } = await t.post("bob");
    await t.sql("INSERT INTO friendships VALUES ('dan', 'bob', 'asked', 0), ('bob', 'dan', 'asking', 0)");
    expect(await everyWay("dan", id)).toEqual(NOT_THERE);
    await t.sql("DELETE FROM friendships WHERE user_id = 'dan' OR other_id = 'dan'");
  });

  test.each([
    ["ada", "bob", "block"],
    ["bob", "ada", "block"],
    ["ada", "bob", "mute"],
    ["bob", "ada", "mute"],
  ] as const)("no friend while %s hides %s by a %s", async (one, other, kind) => {
    const { id } = await t.post("bob");
    await t.hide(one, other, kind);
    expect(await everyWay("ada", id)).toEqual(NOT_THERE);
    expect((await t.ask("bob", `GET /v1/posts/${id}`)).status).toBe(200);
    await t.sql("DELETE FROM hidings");
    expect((await t.ask("ada", `GET /v1/posts/${id}`)).status).toBe(200);
    expect(await t.miscounted()).toEqual([]);
  });

  test("nobody once it is deleted", async () => {
    const { id } = await t.post("bob");
    await t.ask("ada", `PUT /v1/posts/${id}/like`);
    await t.ask("bob", `DELETE /v1/posts/${id}`);
    expect(await everyWay("ada", id)).toEqual(NOT_THERE);
    expect(await everyWay("bob", id)).toEqual({ ...NOT_THERE, DELETE: 204 });
    expect(await t.miscounted()).toEqual([]);
  });

  test("no key: a person has friends, a key and the operator have none", async () => {
    const { id } = await t.post("ada");
    for (const headers of [t.acme.headers, operatorHeaders(t.platform)])
      expect(Object.values(await waysOf(headers, id))).toEqual([403, 403, 403]);
    expect(Object.values(await waysOf({}, id))).toEqual([401, 401, 401]);
  });

  async function waysOf(headers: Record<string, string>, id: string): Promise<number[]> {
    const asked = [`GET /v1/posts/${id}`, `PUT /v1/posts/${id}/like`, `DELETE /v1/posts/${id}`];
    return Promise.all(asked.map(async (request) => (await t.ask(headers, request)).status));
  }
});

describe("deleting a post", () => {
  test("empties it, keeps its counts, and may be done again, in one round trip each", async () => {
    await t.addImage("img_d", { user: "ada" });
    const { id } = await t.post("ada", {
      text: "Secret https://a.example",
      product_id: "lamp",
      image_ids: ["img_d"],
    });
    await t.comment("bob", id);
    for (const _ of [1, 2]) {
      const { status, headers } = await t.ask("ada", `DELETE /v1/posts/${id}`);
      expect(status).toBe(204);
      expect(headers.get("server-timing")).toMatch(ONE_TRIP);
    }
    const [row] = await t.sql("SELECT * FROM posts WHERE id = ?", [id]);
    expect(row).toMatchObject({
      author_id: "ada",
      text: "",
      entities: "[]",
      product_id: null,
      image_ids: "[]",
      comment_count: 1,
      version: 3,
    });
    expect(row.deleted_at).not.toBeNull();
  });
});
