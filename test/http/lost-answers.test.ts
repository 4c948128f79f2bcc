import { LibsqlError } from "@libsql/client";
import type { Client } from "@libsql/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CommentJson } from "../../src/services/posts/wire-post.ts";
import { openPosts, type PostsWorld } from "./posts-world.ts";

let t: PostsWorld;
beforeEach(async () => {
  t = await openPosts();
});
afterEach(() => t.platform.close());

type Batch = Client["batch"];

/** The next batch that names `table` is done, and nobody hears of it. */
function loseAnswerOf(table: string): void {
  const { client } = t.platform;
  const batch: Batch = async (statements, mode) => {
    const results = await client.batch(statements, mode);
    if (!JSON.stringify(statements).includes(`INSERT INTO ${table}`)) return results;
    t.platform.client = client;
    throw new LibsqlError("Server returned HTTP status 502", "SERVER_ERROR");
  };
  t.platform.client = new Proxy(client, {
    get: (target, name) => {
      const value: unknown = name === "batch" ? batch : Reflect.get(target, name, target);
      return typeof value === "function" && name !== "batch" ? value.bind(target) : value;
    },
  });
}

const KEY = { "idempotency-key": "k1" };

test("a post whose answer was lost is not written again for the same key", async () => {
  loseAnswerOf("posts");
  const send = () => t.ask("ada", "POST /v1/posts", { text: "Once" }, KEY);
  expect((await send()).status).toBe(503);
  t.platform.clock.advance(5_000);
  const again = await send();
  expect(again.status).toBe(201);
  const rows = await t.sql("SELECT id FROM posts WHERE text = 'Once'");
  expect(rows).toEqual([{ id: (again.body as { id: string }).id }]);
});

test("nor is a comment, and it counts once", async () => {
  const post = await t.post("ada");
  loseAnswerOf("comments");
  const send = () => t.ask("bob", `POST /v1/posts/${post.id}/comments`, { text: "Once" }, KEY);
  expect((await send()).status).toBe(503);
  const again = await send();
  expect(again.status).toBe(201);
  const rows = await t.sql("SELECT id FROM comments WHERE text = 'Once'");
  expect(rows).toEqual([{ id: (again.body as CommentJson).id }]);
  expect(await t.miscounted()).toEqual([]);
});

test("a post that was deleted before its answer was asked for again stays away", async () => {
  loseAnswerOf("posts");
  const send = () => t.ask("ada", "POST /v1/posts", { text: "Once" }, KEY);
  await send();
  const [{ id }] = await t.sql("SELECT id FROM posts WHERE text = 'Once'");
  expect((await t.ask("ada", `DELETE /v1/posts/${String(id)}`)).status).toBe(204);
  expect((await send()).status).toBe(404);
});

test("keys of two people make two posts", async () => {
  for (const who of ["ada", "bob"] as const)
    expect((await t.ask(who, "POST /v1/posts", { text: "Mine" }, KEY)).status).toBe(201);
  expect(await t.sql("SELECT author_id FROM posts WHERE text = 'Mine' ORDER BY author_id")).toEqual([
    { author_id: "ada" },
    { author_id: "bob" },
  ]);
});
