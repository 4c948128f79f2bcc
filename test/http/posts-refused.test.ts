import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPosts, type PostsWorld } from "./posts-world.ts";
import { addSession, signedToken } from "./sessions.ts";

let t: PostsWorld;
let rows: number;
beforeAll(async () => {
  t = await openPosts();
  await t.addImage("img_mine", { user: "ada" });
  await t.addImage("img_failed", { user: "ada" }, "failed");
  await t.addImage("img_bobs", { user: "bob" });
  await t.addImage("img_acmes", { org: t.acme.orgId });
  await t.ask(t.acme.headers, "PUT /v1/products/gone", { title: "Gone" });
  await t.ask(t.acme.headers, "DELETE /v1/products/gone");
});
afterAll(() => t.platform.close());

async function written(): Promise<number> {
  const [{ n }] = await t.sql(
    "SELECT (SELECT count(*) FROM posts) + (SELECT count(*) FROM comments) + (SELECT count(*) FROM likes) AS n",
  );
  return Number(n);
}
beforeEach(async () => {
  rows = await written();
});

const mention = (user_id: string, from = 0, to = 13) => ({
  text: "@Bob Lovelace",
  mentions: [{ from, to, user_id }],
});

describe("a post is refused, and nothing written,", () => {
  test.each([
    ["without text and images", {}, "text", "or an image"],
    ["with nothing to see", { text: " \n\u200b\u3164" }, "text", "or an image"],
    ["with a product alone", { product_id: "lamp" }, "text", "or an image"],
    ["with 5,001 characters", { text: "\u{1f600}".repeat(5_001) }, "text", "found 5001"],
    ["with a megabyte of spaces", { text: " ".repeat(900_000) }, "text", "at most 5000"],
    ["with a control character", { text: "a\u0000b" }, "text", "U+0000"],
    ["with an override of direction", { text: "\u202egnp.exe" }, "text", "direction"],
    ["with half a character", { text: "a\ud83d" }, "text", "surrogate"],
    ["with a product that never was", { text: "a", product_id: "none" }, "product_id", 'no product "none"'],
    ["with a product that is gone", { text: "a", product_id: "gone" }, "product_id", 'no product "gone"'],
    [
      "with another's image",
      { image_ids: ["img_mine", "img_bobs"] },
      "image_ids.1",
      'You have no image "img_bobs"',
    ],
    ["with an organisation's image", { image_ids: ["img_acmes"] }, "image_ids.0", 'no image "img_acmes"'],
    ["with an image that never was", { image_ids: ["img_none"] }, "image_ids.0", 'no image "img_none"'],
    ["with an image that failed", { image_ids: ["img_failed"] }, "image_ids.0", "has failed"],
    ["with an id of another kind", { image_ids: ["post_1"] }, "image_ids.0", "no image"],
    ["with an image twice", { image_ids: ["img_mine", "img_mine"] }, "image_ids", "once"],
    ["with 11 images", { image_ids: Array.from({ length: 11 }, (_, i) => `i${i}`) }, "image_ids", "10"],
    ["with a mention of nobody", mention("nobody"), "mentions.0", "There is nobody"],
    ["with a mention by another's name", mention("cyd"), "mentions.0", "There is nobody"],
    ["with half a name", mention("bob", 0, 4), "mentions.0", "There is nobody"],
    ["with a mention outside of the text", mention("bob", 0, 14), "mentions.0", "`from` and `to`"],
    ["with a mention that ends before it begins", mention("bob", 5, 1), "mentions.0", "`from` and `to`"],
    [
      "with 21 mentions",
      { text: "a", mentions: Array.from({ length: 21 }, () => ({ from: 0, to: 1, user_id: "bob" })) },
      "mentions",
      "20",
    ],
    ["with what a post has not", { text: "a", author: "bob" }, "", "author"],
    ["with text that is none", { text: 7 }, "text", "string"],
  ])("%s", async (_, input, path, message) => {
    const { status, body, trips } = await t.ask("ada", "POST /v1/posts", input);
    expect(body).toMatchObject({ code: "invalid_input" });
    expect({ status, errors: (body as { errors: object[] }).errors }).toEqual({
      status: 422,
      errors: [{ path, message: expect.stringContaining(message) }],
    });
    expect(trips).toBeLessThanOrEqual(1);
    expect(await written()).toBe(rows);
  });

  test("naming each thing that is wrong", async () => {
    const input = {
      ...mention("cyd"),
      product_id: "none",
      image_ids: ["img_bobs", "img_mine", "img_failed"],
    };
    const { body } = await t.ask("ada", "POST /v1/posts", input);
    const paths = (body as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(paths).toEqual(["product_id", "image_ids.0", "image_ids.2", "mentions.0"]);
  });

  test.each([
    ["bob", "ada", "block"],
    ["ada", "bob", "block"],
    ["bob", "ada", "mute"],
  ] as const)(
    "while %s hides %s and one mentions the other, as if they were not there",
    async (one, other, kind) => {
      await t.hide(one, other, kind);
      const hidden = await t.ask("ada", "POST /v1/posts", mention("bob"));
      const [{ message }] = (hidden.body as { errors: { message: string }[] }).errors;
      expect([hidden.status, message]).toEqual([422, 'There is nobody "bob" of the name "Bob Lovelace"']);
      await t.sql("DELETE FROM hidings");
      expect((await t.ask("ada", "POST /v1/posts", mention("bob"))).status).toBe(201);
    },
  );

  test("with an image of an organisation that its author has left, though the session knows it still", async () => {
    await t.sql("INSERT INTO members (org_id, user_id, role, created_at) VALUES (?, 'cyd', 'member', 0)", [
      t.acme.orgId,
    ]);
    const ask = () => t.ask("cyd", "POST /v1/posts", { image_ids: ["img_acmes"] });
    expect((await ask()).status).toBe(201);
    await t.sql("DELETE FROM members WHERE user_id = 'cyd'");
    expect((await ask()).status).toBe(422);
  });

  test("by an account that is gone, though its session is remembered", async () => {
    await t.sql(
      "INSERT INTO users (id, name, email, created_at, updated_at) VALUES ('eve', 'Eve', 'e@x.example', 0, 0)",
    );
    const eve = { authorization: `Bearer ${signedToken(t.platform, await addSession(t.platform, "eve"))}` };
    expect((await t.ask(eve, "POST /v1/posts", { text: "a" })).status).toBe(201);
    await t.sql("DELETE FROM users WHERE id = 'eve'");
    expect((await t.ask(eve, "POST /v1/posts", { text: "a" })).status).toBe(401);
  });
});

describe("a comment is refused, and nothing counted,", () => {
  test.each([
    ["without text", {}, "text", ""],
    ["with nothing to see", { text: " \u2060 " }, "text", "can be seen"],
    ["with 1,001 characters", { text: "a".repeat(1_001) }, "text", "found 1001"],
    ["with a control character", { text: "a\u001b[1m" }, "text", "U+001B"],
    ["with a mention of nobody", mention("nobody"), "mentions.0", "There is nobody"],
  ])("%s", async (_, input, path, message) => {
    const { id } = await t.post("ada");
    const before = await written();
    const { status, body } = await t.ask("bob", `POST /v1/posts/${id}/comments`, input);
    expect({ status, errors: (body as { errors: object[] }).errors }).toEqual({
      status: 422,
      errors: [{ path, message: expect.stringContaining(message) }],
    });
    expect(await written()).toBe(before);
    expect(await t.miscounted()).toEqual([]);
    expect((await t.ask("ada", `GET /v1/posts/${id}`)).body).toMatchObject({ version: 1, comment_count: 0 });
  });
});

describe("addresses of other things", () => {
  test.each([
    "GET /v1/posts/lamp",
    "GET /v1/posts/img_mine",
    "PUT /v1/posts/bob/like",
    "GET /v1/posts/img_mine/likes",
    "DELETE /v1/posts/img_mine",
    "DELETE /v1/comments/img_mine",
  ])("%s is a 404", async (request) => {
    expect(await t.ask("ada", request)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  test.each([
    "GET /v1/posts/a%20b",
    "GET /v1/posts/%00",
    `GET /v1/posts/${"x".repeat(65)}`,
    "PUT /v1/posts/'--/like",
  ])("%s is a 400", async (request) => {
    expect((await t.ask("ada", request)).status).toBe(400);
  });

  test.each(["likes", "comments"])(
    "a forged cursor, another's or another list's is no page of %s",
    async (list) => {
      const [one, other] = [await t.post("ada"), await t.post("ada")];
      for (const who of ["ada", "bob", "cyd"] as const) {
        await t.ask(who, `PUT /v1/posts/${one.id}/like`);
        await t.comment(who, one.id);
      }
      const first = await t.ask("ada", `GET /v1/posts/${one.id}/${list}?limit=1`);
      const { next_cursor: cursor } = first.body as { next_cursor: string };
      const ask = async (who: "ada" | "bob", id: string, given: string, of = list) =>
        (await t.ask(who, `GET /v1/posts/${id}/${of}?cursor=${given}`)).body;
      expect(await ask("ada", one.id, cursor)).toMatchObject({ next_cursor: null });
      const bad = { code: "bad_cursor", status: 400 };
      const forged = `${cursor.slice(0, -4)}AAAA`;
      expect(await ask("ada", one.id, forged)).toMatchObject(bad);
      expect(await ask("ada", one.id, "x")).toMatchObject(bad);
      expect(await ask("bob", one.id, cursor)).toMatchObject(bad);
      expect(await ask("ada", other.id, cursor)).toMatchObject(bad);
      expect(await ask("ada", one.id, cursor, list === "likes" ? "comments" : "likes")).toMatchObject(bad);
    },
  );
});

describe("an Idempotency-Key", () => {
  test("posts once, and is for one body", async () => {
    const authorization = `Bearer ${signedToken(t.platform, await addSession(t.platform, "ada"))}`;
    const ask = (text: string) =>
      t.ask({ authorization, "idempotency-key": "one" }, "POST /v1/posts", { text });
    const [first, again] = [await ask("once"), await ask("once")];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(await ask("other")).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
    expect(await t.sql("SELECT count(*) AS n FROM posts WHERE text IN ('once', 'other')")).toEqual([
      { n: 1 },
    ]);
  });
});
