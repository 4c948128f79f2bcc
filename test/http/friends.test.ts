import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_ASKED, MAX_FRIENDS } from "../../src/services/friends/limits.ts";
import { openFriends, type FriendsWorld } from "./friends-world.ts";

let t: FriendsWorld;
beforeEach(async () => {
  t = await openFriends();
});
afterEach(() => t.platform.close());

/** `n` people, and a row of each of their friendships with `user`. */
async function crowd(user: string, n: number, state: "asked" | "friends"): Promise<void> {
  const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)";
  const id = "'crowd-' || i";
  await t.sql(
    `INSERT OR IGNORE INTO users (id, name, email, created_at, updated_at) ${numbers} SELECT ${id}, 'C', ${id}, 0, 0 FROM n`,
    [n],
  );
  const insert = "INSERT INTO friendships (user_id, other_id, state, since)";
  await t.sql(`${insert} ${numbers} SELECT ?, ${id}, ?, 0 FROM n`, [n, user, state]);
  const mirrored = state === "asked" ? "asking" : "friends";
  await t.sql(`${insert} ${numbers} SELECT ${id}, ?, ?, 0 FROM n`, [n, user, mirrored]);
}

describe("asking", () => {
  test("stands until the other accepts by asking", async () => {
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject({
      status: 200,
      body: { state: "asked" },
    });
    expect(await t.rows()).toEqual(["ada>bob asked", "bob>ada asking"]);
    expect(await t.ask("bob", "PUT /v1/friends/ada")).toMatchObject({
      status: 200,
      body: { state: "friends" },
    });
    expect(await t.rows()).toEqual(["ada>bob friends", "bob>ada friends"]);
  });

  test("twice is asking once, and keeps its time", async () => {
    await t.ask("ada", "PUT /v1/friends/bob");
    const before = await t.sql("SELECT * FROM friendships");
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject({
      status: 200,
      body: { state: "asked" },
    });
    expect(await t.sql("SELECT * FROM friendships")).toEqual(before);
  });

  test("a friend changes nothing", async () => {
    await t.befriend("ada", "bob");
    const before = await t.sql("SELECT * FROM friendships");
    for (const [who, other] of [
      ["ada", "bob"],
      ["bob", "ada"],
    ])
      expect(await t.ask(who, `PUT /v1/friends/${other}`)).toMatchObject({ body: { state: "friends" } });
    expect(await t.sql("SELECT * FROM friendships")).toEqual(before);
  });

  test("each other at once makes friends", async () => {
    const answers = await Promise.all([
      t.ask("ada", "PUT /v1/friends/bob"),
      t.ask("bob", "PUT /v1/friends/ada"),
    ]);
    const states = answers.map(({ body }) => (body as { state: string }).state);
    expect(states.toSorted()).toEqual(["asked", "friends"]);
    expect(await t.rows()).toEqual(["ada>bob friends", "bob>ada friends"]);
  });

  test("more people than may be unanswered is refused, and one withdrawn makes room", async () => {
    await crowd("ada", MAX_ASKED, "asked");
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject({
      status: 409,
      body: { code: "conflict", detail: expect.stringContaining("withdraw") },
    });
    expect(await t.sql("SELECT * FROM friendships WHERE other_id = 'bob'")).toEqual([]);
    await t.ask("ada", "DELETE /v1/friends/crowd-1");
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject({ body: { state: "asked" } });
  });

  test("by who is asked by as many is no matter", async () => {
    await crowd("ada", MAX_ASKED, "asked");
    await t.ask("bob", "PUT /v1/friends/ada");
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject({ body: { state: "friends" } });
  });

  test("and accepting with as many friends as may be is refused, on either side", async () => {
    await t.ask("bob", "PUT /v1/friends/ada");
    await t.ask("ada", "PUT /v1/friends/cyd");
    await crowd("ada", MAX_FRIENDS, "friends");
    const before = await t.rows();
    const full = { status: 409, body: { detail: expect.stringMatching(/^You have 5000 friends/) } };
    expect(await t.ask("ada", "PUT /v1/friends/dan")).toMatchObject(full);
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject(full);
    const otherFull = { status: 409, body: { detail: expect.stringMatching(/^"ada" has 5000 friends/) } };
    expect(await t.ask("cyd", "PUT /v1/friends/ada")).toMatchObject(otherFull);
    expect(await t.rows()).toEqual(before);
    await t.ask("ada", "DELETE /v1/friends/crowd-1");
    expect(await t.ask("cyd", "PUT /v1/friends/ada")).toMatchObject({ body: { state: "friends" } });
  });
});

describe("ending", () => {
  test.each(["ada", "bob"])("a friendship is either's to end: %s's", async (who) => {
    await t.befriend("ada", "bob");
    expect((await t.ask(who, `DELETE /v1/friends/${who === "ada" ? "bob" : "ada"}`)).status).toBe(204);
    expect(await t.rows()).toEqual([]);
  });

  test("ends nothing but what is named: a friendship that came meanwhile stays", async () => {
    const end = (who: string, other: string, only: string) =>
      t.ask(who, `DELETE /v1/friends/${other}?only=${only}`);
    await t.ask("ada", "PUT /v1/friends/bob");
    for (const [who, other, only] of [
      ["ada", "bob", "friends"],
      ["ada", "bob", "asking"],
      ["bob", "ada", "asked"],
    ])
      expect(await end(who, other, only)).toMatchObject({ status: 409, body: { code: "conflict" } });
    await t.ask("bob", "PUT /v1/friends/ada");
    for (const [who, other, only] of [
      ["ada", "bob", "asked"],
      ["bob", "ada", "asking"],
    ])
      expect(await end(who, other, only)).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await t.rows()).toEqual(["ada>bob friends", "bob>ada friends"]);
    expect((await end("ada", "bob", "friends")).status).toBe(204);
    expect((await end("ada", "bob", "friends")).status).toBe(204);
    expect(await t.rows()).toEqual([]);
    await t.ask("ada", "PUT /v1/friends/bob");
    expect((await end("bob", "ada", "asking")).status).toBe(204);
    expect(await t.rows()).toEqual([]);
    expect((await end("ada", "bob", "all")).status).toBe(400);
  });

  test.each(["ada", "bob"])("an asking is withdrawn or declined: by %s", async (who) => {
    await t.ask("ada", "PUT /v1/friends/bob");
    expect((await t.ask(who, `DELETE /v1/friends/${who === "ada" ? "bob" : "ada"}`)).status).toBe(204);
    expect(await t.rows()).toEqual([]);
  });

  test("nothing is no error, and ends nobody else's", async () => {
    await t.befriend("ada", "bob");
    await t.befriend("cyd", "dan");
    const before = await t.rows();
    expect((await t.ask("ada", "DELETE /v1/friends/cyd")).status).toBe(204);
    expect((await t.ask("bob", "DELETE /v1/friends/dan")).status).toBe(204);
    expect(await t.rows()).toEqual(before);
  });
});

describe("bad input", () => {
  const own = ["PUT /v1/friends/", "DELETE /v1/friends/", "PUT /v1/blocks/", "DELETE /v1/blocks/"];
  const others = ["PUT /v1/mutes/", "DELETE /v1/mutes/"];

  test.each([...own, ...others])("one's own id is refused: %s", async (request) => {
    expect(await t.ask("ada", `${request}ada`)).toMatchObject({
      status: 422,
      body: { code: "invalid_input", errors: [{ path: "user" }] },
    });
  });

  test.each([...own, ...others, "GET /v1/users/"])("who is not there is not found: %s", async (request) => {
    const strange = [
      "nobody",
      "post_1",
      "org_1",
      "ADA",
      "ada%20",
      "ada%00",
      "%F0%9F%92%A9",
      "'--",
      "ada@secret.example",
    ];
    for (const id of strange)
      expect(await t.ask("ada", request + id)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await t.sql("SELECT * FROM hidings UNION ALL SELECT * FROM friendships")).toEqual([]);
  });

  test.each([...own, ...others, "GET /v1/users/"])("an id without end is malformed: %s", async (request) => {
    const { status } = await t.ask("ada", request + "a".repeat(101));
    expect([400, 422]).toContain(status);
  });

  test("a session whose account is gone writes nothing", async () => {
    await t.sql("DELETE FROM users WHERE id = 'ada'");
    for (const request of ["PUT /v1/friends/bob", "PUT /v1/blocks/bob", "PUT /v1/mutes/bob"])
      expect((await t.ask("ada", request)).status).toBe(401);
    expect(await t.sql("SELECT * FROM hidings UNION ALL SELECT * FROM friendships")).toEqual([]);
  });
});

describe("lists", () => {
  beforeEach(async () => {
    for (const other of ["cyd", "bob", "dan"]) await t.befriend("ada", other);
  });

  test("friends come newest first, each once over the pages", async () => {
    expect(await t.idsOf("ada", "/v1/friends")).toEqual(["dan", "bob", "cyd"]);
    expect(await t.idsOf("bob", "/v1/friends")).toEqual(["ada"]);
  });

  test("a friend is their name, picture and the time, and no address", async () => {
    const { items } = await t.read("bob", "/v1/friends");
    expect(items).toEqual([
      { id: "ada", name: "Ada Lovelace", avatar_url: null, since: expect.stringMatching(/^2026-01-02T/) },
    ]);
  });

  test("askings are the asked one's incoming, and the asker's outgoing", async () => {
    await t.ask("bob", "PUT /v1/friends/cyd");
    await t.ask("bob", "PUT /v1/friends/dan");
    await t.ask("cyd", "PUT /v1/friends/dan");
    expect(await t.idsOf("dan", "/v1/friends/requests")).toEqual(["cyd", "bob"]);
    expect(await t.idsOf("bob", "/v1/friends/requests?direction=outgoing")).toEqual(["dan", "cyd"]);
    expect(await t.idsOf("bob", "/v1/friends/requests")).toEqual([]);
    expect(await t.idsOf("dan", "/v1/friends")).toEqual(["ada"]);
  });

  test("a cursor of another list, of another person or forged is refused", async () => {
    const { next_cursor: cursor } = await t.read("ada", "/v1/friends?limit=1");
    const requests = [
      ["ada", `GET /v1/friends/requests?cursor=${cursor}`],
      ["bob", `GET /v1/friends?cursor=${cursor}`],
      ["ada", `GET /v1/blocks?cursor=${cursor}`],
      ["ada", `GET /v1/friends?cursor=${cursor?.slice(0, -2)}AA`],
    ];
    for (const [who, request] of requests)
      expect(await t.ask(who, request)).toMatchObject({ status: 400, body: { code: "bad_cursor" } });
  });

  test("who became a friend between pages moves nobody", async () => {
    const first = await t.read("ada", "/v1/friends?limit=1");
    await t.add("eve", "Eve");
    await t.befriend("ada", "eve");
    const rest = await t.read("ada", `/v1/friends?limit=5&cursor=${first.next_cursor}`);
    expect(rest.items.map(({ id }) => id)).toEqual(["bob", "cyd"]);
  });
});

test.each([
  "PUT /v1/friends/bob",
  "DELETE /v1/friends/bob",
  "GET /v1/friends",
  "GET /v1/friends/requests",
  "PUT /v1/blocks/bob",
  "DELETE /v1/blocks/bob",
  "GET /v1/blocks",
  "PUT /v1/mutes/bob",
  "DELETE /v1/mutes/bob",
  "GET /v1/mutes",
  "GET /v1/users/bob",
  "GET /v1/users?q=bo",
  "PUT /v1/friends/nobody",
])("one round trip: %s", async (request) => {
  expect((await t.ask("ada", request)).trips).toBe(1);
});
