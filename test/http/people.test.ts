import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signUp } from "../accounts/people.ts";
import { openFriends, type FriendsWorld } from "./friends-world.ts";

let t: FriendsWorld;
beforeEach(async () => {
  t = await openFriends();
});
afterEach(() => t.platform.close());

const namesOf = async (who: string, q: string) =>
  (await t.read(who, `/v1/users?q=${encodeURIComponent(q)}`)).items.map(({ name }) => name);

async function addPosts(author: string, n: number): Promise<void> {
  await t.sql(
    `INSERT INTO posts (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT ? || i, ?, '', '[]', '[]', 0, 0, 1, 0 FROM n`,
    [n, author, author],
  );
}

describe("a person", () => {
  test("is a name and what the two are to each other", async () => {
    expect(await t.read("ada", "/v1/users/bob")).toEqual({
      id: "bob",
      name: "Bob Lovelace",
      avatar_url: null,
      friendship: null,
      is_blocked: false,
      is_muted: false,
      friend_count: null,
      post_count: 0,
    });
    await t.ask("ada", "PUT /v1/friends/bob");
    expect(await t.read("ada", "/v1/users/bob")).toMatchObject({ friendship: "asked" });
    expect(await t.read("bob", "/v1/users/ada")).toMatchObject({ friendship: "asking" });
    await t.ask("bob", "PUT /v1/friends/ada");
    expect(await t.read("bob", "/v1/users/ada")).toMatchObject({ friendship: "friends" });
  });

  test("counts friends and posts for themselves and for friends alone", async () => {
    await t.befriend("ada", "bob");
    await addPosts("ada", 3);
    await t.sql("UPDATE posts SET deleted_at = 1 WHERE id = 'ada1'");
    const counts = { friend_count: 1, post_count: 2 };
    expect(await t.read("ada", "/v1/users/ada")).toMatchObject({ ...counts, friendship: null });
    expect(await t.read("bob", "/v1/users/ada")).toMatchObject(counts);
    await t.ask("cyd", "PUT /v1/friends/ada");
    expect(await t.read("cyd", "/v1/users/ada")).toMatchObject({ friend_count: null, post_count: 0 });
  });

  test.each(["ada", "bob"])("has no posts that may be seen where %s mutes the other", async (who) => {
    await t.befriend("ada", "bob");
    await addPosts("ada", 3);
    await t.ask(who, `PUT /v1/mutes/${who === "ada" ? "bob" : "ada"}`);
    expect(await t.read("bob", "/v1/users/ada")).toMatchObject({ post_count: 0 });
  });

  test("has posts counted to a thousand", async () => {
    await addPosts("ada", 1_001);
    expect(await t.read("ada", "/v1/users/ada")).toMatchObject({ post_count: 1_000 });
  });

  test("shows no picture that is no web address", async () => {
    await t.sql("UPDATE users SET image = 'javascript:alert(1)' WHERE id = 'bob'");
    expect(await t.read("ada", "/v1/users/bob")).toMatchObject({ avatar_url: null });
    await t.sql("UPDATE users SET image = 'https://img.example/b.png' WHERE id = 'bob'");
    expect(await t.read("ada", "/v1/users/bob")).toMatchObject({ avatar_url: "https://img.example/b.png" });
  });
});

describe("finding people", () => {
  beforeEach(async () => {
    await t.add("b1", "Élise Ångström");
    await t.add("b2", "ELIAS");
    await t.add("b3", "Elisabeth");
    await t.add("b4", "李小龙");
    await t.add("b5", "100%_sure");
  });

  test("goes by how a name begins, in the order of names", async () => {
    expect(await namesOf("ada", "eli")).toEqual(["ELIAS", "Elisabeth"]);
    expect(await namesOf("ada", "elisa")).toEqual(["Elisabeth"]);
    expect(await namesOf("ada", "lovelace")).toEqual([]);
  });

  test.each([
    ["éL", "Élise Ångström"],
    ["ÉLISE ån", "Élise Ångström"],
    ["e\u0301lise", "Élise Ångström"],
    ["李小", "李小龙"],
    ["ＢＯＢ", "Bob Lovelace"],
    ["  bo", "Bob Lovelace"],
    ["100%_", "100%_sure"],
  ])("takes %j", async (q, name) => {
    expect(await namesOf("ada", q)).toEqual([name]);
  });

  test.each(["%%", "__", "10_", "' OR 1", "*", "\uFFFF\uFFFF", "\u{10FFFF}\u{10FFFF}"])(
    "takes %j as it stands",
    async (q) => {
      const { status, body } = await t.ask("ada", `GET /v1/users?q=${encodeURIComponent(q)}`);
      if (status === 200) expect(body).toEqual({ items: [] });
      else expect(status).toBe(422);
    },
  );

  test.each(["", "a", "  a", "李", "a".repeat(101)])("refuses %j", async (q) => {
    expect(await t.ask("ada", `GET /v1/users?q=${encodeURIComponent(q)}`)).toMatchObject({
      status: 422,
      body: { code: "invalid_input", errors: [{ path: "q" }] },
    });
  });

  test("knows no addresses, neither to search nor to show", async () => {
    expect(await namesOf("ada", "bob@secret")).toEqual([]);
    const { body } = await t.ask("ada", "GET /v1/users?q=bob");
    expect(body).toEqual({
      items: [{ id: "bob", name: "Bob Lovelace", avatar_url: null, friendship: null }],
    });
  });

  test("leaves out oneself, and says who is a friend", async () => {
    expect(await namesOf("ada", "ada")).toEqual([]);
    await t.befriend("ada", "bob");
    expect((await t.read("ada", "/v1/users?q=bob")).items).toMatchObject([{ friendship: "friends" }]);
  });

  test("answers at most twenty", async () => {
    for (let i = 0; i < 25; i++) await t.add(`z${i}`, "Zoe");
    expect((await t.read("ada", "/v1/users?q=zoe&limit=20")).items).toHaveLength(20);
    expect((await t.read("ada", "/v1/users?q=zoe")).items).toHaveLength(10);
    const refused = await t.ask("ada", "GET /v1/users?q=zoe&limit=21");
    expect([400, 422]).toContain(refused.status);
  });
});

describe("who signs up", () => {
  test("is found by their name", async () => {
    await signUp(t, "Grace");
    expect(await namesOf("ada", "GRA")).toEqual(["Grace"]);
  });

  test("tells nobody what they are sorted by", async () => {
    const response = await t.call("/api/auth/sign-up/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        name: "Grace",
        email: "grace@shop.example",
        password: "correct horse battery",
        sortName: "ada",
      }),
    });
    expect(await response.text()).not.toContain("sort");
    expect(await t.sql("SELECT sort_name FROM users WHERE name = 'Grace' AND sort_name <> 'grace'")).toEqual(
      [],
    );
  });
});

describe("where addresses are confirmed", () => {
  beforeEach(async () => {
    t.platform.close();
    t = await openFriends({ config: { emailConfirmation: true } });
    await t.add("eve", "Eve Unconfirmed", false);
  });

  test("who has not confirmed theirs is nobody yet", async () => {
    expect(await namesOf("ada", "eve")).toEqual([]);
    for (const request of ["GET /v1/users/eve", "PUT /v1/friends/eve", "PUT /v1/mutes/eve"])
      expect((await t.ask("ada", request)).status).toBe(404);
    await t.sql("UPDATE users SET email_verified = 1 WHERE id = 'eve'");
    expect(await namesOf("ada", "eve")).toEqual(["Eve Unconfirmed"]);
    expect((await t.ask("ada", "PUT /v1/friends/eve")).status).toBe(200);
  });

  test("who comes by an outside issuer is somebody without an address", async () => {
    await t.sql(`INSERT INTO accounts (id, account_id, provider_id, user_id, created_at, updated_at)
      VALUES ('acc', 'eve', 'https://issuer.example', 'eve', 0, 0)`);
    expect(await namesOf("ada", "eve")).toEqual(["Eve Unconfirmed"]);
  });
});

test("finding people is limited as signing in is", async () => {
  t.platform.close();
  t = await openFriends({
    config: { rateLimits: true },
    rateLimits: { sensitive: { limit: 2, windowSeconds: 60 } },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await t.ask("ada", "GET /v1/users?q=bob")).status);
  expect(statuses).toEqual([200, 200, 429]);
  expect((await t.ask("bob", "GET /v1/users?q=ada")).status).toBe(200);
});
