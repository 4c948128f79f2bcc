import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_HIDDEN } from "../../src/services/friends/limits.ts";
import { openFriends, type FriendsWorld } from "./friends-world.ts";

let t: FriendsWorld;
beforeEach(async () => {
  t = await openFriends();
});
afterEach(() => t.platform.close());

describe("a block", () => {
  test("ends a friendship, and comes without one back", async () => {
    await t.befriend("ada", "bob");
    await t.befriend("ada", "cyd");
    expect((await t.ask("ada", "PUT /v1/blocks/bob")).status).toBe(204);
    expect(await t.rows()).toEqual(["ada>cyd friends", "cyd>ada friends"]);
    await t.ask("ada", "DELETE /v1/blocks/bob");
    expect(await t.idsOf("ada", "/v1/friends")).toEqual(["cyd"]);
  });

  test.each(["ada", "bob"])("ends the asking of %s", async (asker) => {
    await t.ask(asker, `PUT /v1/friends/${asker === "ada" ? "bob" : "ada"}`);
    await t.ask("ada", "PUT /v1/blocks/bob");
    expect(await t.rows()).toEqual([]);
  });

  test("refuses asking from both sides: the blocked one as a person who is not there", async () => {
    await t.ask("ada", "PUT /v1/blocks/bob");
    const { status, body } = await t.ask("bob", "PUT /v1/friends/ada");
    const nobody = await t.ask("bob", "PUT /v1/friends/nobody");
    const told = { ...(nobody.body as object), detail: 'There is no person "ada"' };
    expect({ status, body }).toEqual({
      status: nobody.status,
      body: { ...told, request_id: expect.any(String) },
    });
    expect(await t.ask("ada", "PUT /v1/friends/bob")).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    });
    expect(await t.rows()).toEqual([]);
  });

  test("takes the blocker out of all that the blocked one may ask", async () => {
    await t.befriend("ada", "bob");
    await t.ask("bob", "PUT /v1/mutes/ada");
    await t.ask("ada", "PUT /v1/blocks/bob");
    const others = ["PUT /v1/friends/", "DELETE /v1/friends/", "PUT /v1/blocks/", "DELETE /v1/blocks/"];
    for (const request of [...others, "PUT /v1/mutes/", "DELETE /v1/mutes/", "GET /v1/users/"])
      expect((await t.ask("bob", `${request}ada`)).status).toBe(404);
    const lists = ["/v1/friends", "/v1/friends/requests", "/v1/blocks", "/v1/mutes", "/v1/users?q=ada"];
    for (const path of lists) expect((await t.read("bob", path)).items).toEqual([]);
    expect(await t.sql("SELECT user_id, kind FROM hidings ORDER BY user_id")).toEqual([
      { user_id: "ada", kind: "block" },
      { user_id: "bob", kind: "mute" },
    ]);
  });

  test("leaves the blocked one to the blocker's eyes, but not among the found", async () => {
    await t.ask("ada", "PUT /v1/blocks/bob");
    expect(await t.read("ada", "/v1/users/bob")).toMatchObject({ is_blocked: true, friendship: null });
    expect((await t.read("ada", "/v1/users?q=bob")).items).toEqual([]);
    expect(await t.idsOf("ada", "/v1/blocks")).toEqual(["bob"]);
  });

  test("is the first one's alone, and over when they take it back: what the other hid stands again", async () => {
    await t.ask("bob", "PUT /v1/mutes/ada");
    const answers = await Promise.all([
      t.ask("ada", "PUT /v1/blocks/bob"),
      t.ask("bob", "PUT /v1/blocks/ada"),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404]);
    const [first, second] = answers[0].status === 204 ? ["ada", "bob"] : ["bob", "ada"];
    expect((await t.ask(first, `DELETE /v1/blocks/${second}`)).status).toBe(204);
    expect(await t.read("bob", "/v1/users/ada")).toMatchObject({ is_muted: true, is_blocked: false });
    expect((await t.ask(second, `PUT /v1/blocks/${first}`)).status).toBe(204);
  });
});

describe("a mute", () => {
  test("is told to nobody, and leaves the friendship", async () => {
    await t.befriend("ada", "bob");
    const before = await t.ask("bob", "GET /v1/users/ada");
    expect((await t.ask("ada", "PUT /v1/mutes/bob")).status).toBe(204);
    expect((await t.ask("bob", "GET /v1/users/ada")).body).toEqual(before.body);
    expect(await t.read("ada", "/v1/users/bob")).toMatchObject({
      is_muted: true,
      is_blocked: false,
      friendship: "friends",
    });
    expect(await t.idsOf("ada", "/v1/mutes")).toEqual(["bob"]);
    expect(await t.idsOf("ada", "/v1/blocks")).toEqual([]);
  });

  test("and a block are taken back each by itself", async () => {
    for (const path of ["mutes", "blocks"]) await t.ask("ada", `PUT /v1/${path}/bob`);
    await t.ask("ada", "DELETE /v1/blocks/bob");
    expect(await t.read("ada", "/v1/users/bob")).toMatchObject({ is_muted: true, is_blocked: false });
  });
});

describe.each([
  ["block", "/v1/blocks"],
  ["mute", "/v1/mutes"],
] as const)("%ss", (kind, path) => {
  test("are there once however often they are made, and so is their end", async () => {
    const answers = ["PUT", "PUT", "DELETE", "DELETE", "PUT"].map((method) => `${method} ${path}/bob`);
    for (const request of answers) expect((await t.ask("ada", request)).status).toBe(204);
    const rows = await t.sql("SELECT user_id, other_id, kind FROM hidings");
    expect(rows).toEqual([{ user_id: "ada", other_id: "bob", kind }]);
  });

  test("are listed newest first over the pages", async () => {
    for (const other of ["cyd", "bob", "dan"]) await t.ask("ada", `PUT ${path}/${other}`);
    expect(await t.idsOf("ada", path)).toEqual(["dan", "bob", "cyd"]);
    expect(await t.idsOf("bob", path)).toEqual([]);
  });

  test("are so many and no more; where one too many is refused, a friendship stays", async () => {
    const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)";
    await t.sql(
      `INSERT INTO users (id, name, email, created_at, updated_at) ${numbers} SELECT i, 'C', i, 0, 0 FROM n`,
      [MAX_HIDDEN],
    );
    await t.sql(`INSERT INTO hidings ${numbers} SELECT 'ada', i, ?, 0 FROM n`, [MAX_HIDDEN, kind]);
    await t.befriend("ada", "bob");
    expect(await t.ask("ada", `PUT ${path}/bob`)).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await t.idsOf("ada", "/v1/friends")).toEqual(["bob"]);
    expect((await t.ask("ada", `PUT ${path}/7`)).status).toBe(204);
    await t.ask("ada", `DELETE ${path}/7`);
    expect((await t.ask("ada", `PUT ${path}/bob`)).status).toBe(204);
  });
});
