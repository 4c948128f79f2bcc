import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mulberry32 } from "../../src/domain/random.ts";
import { recountPosts } from "../../src/services/posts/recount.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { openPosts, type Person, type PostsWorld } from "./posts-world.ts";

let t: PostsWorld;
beforeAll(async () => {
  t = await openPosts();
});
afterAll(() => t.platform.close());

const ONE_TRIP = /^db;dur=[\d.]+;desc="1 trip"/;

async function countsOf(id: string): Promise<unknown> {
  const { body } = await t.ask("ada", `GET /v1/posts/${id}`);
  const { like_count, comment_count, version } = body as Record<string, number>;
  return [like_count, comment_count, version];
}

describe("likes", () => {
  test("count once however often, and are taken back once, in one round trip each", async () => {
    const { id } = await t.post("ada");
    const steps: [Person, "PUT" | "DELETE", boolean, number][] = [
      ["bob", "PUT", true, 1],
      ["bob", "PUT", true, 1],
      ["ada", "PUT", true, 2],
      ["bob", "DELETE", false, 1],
      ["bob", "DELETE", false, 1],
      ["cyd", "DELETE", false, 1],
    ];
    for (const [who, method, liked, like_count] of steps) {
      const { status, body, headers } = await t.ask(who, `${method} /v1/posts/${id}/like`);
      expect([status, body]).toEqual([200, { liked, like_count }]);
      expect(headers.get("server-timing")).toMatch(ONE_TRIP);
    }
    expect(await countsOf(id)).toEqual([1, 0, 4]);
    expect(await t.miscounted()).toEqual([]);
  });

  test("are listed the newest first, equal times by person, page by page and without who is hidden", async () => {
    const { id } = await t.post("ada");
    for (const who of ["cyd", "ada", "bob"] as const) await t.ask(who, `PUT /v1/posts/${id}/like`);
    await t.sql("UPDATE likes SET created_at = created_at + 5 WHERE post_id = ? AND user_id = 'ada'", [id]);
    const pageOf = async (who: Person, limit: number, cursor: string | null) => {
      const query = cursor === null ? "" : `&cursor=${cursor}`;
      const { body, headers } = await t.ask(who, `GET /v1/posts/${id}/likes?limit=${limit}${query}`);
      expect(headers.get("server-timing")).toMatch(ONE_TRIP);
      return body as { items: { id: string; liked_at: string }[]; next_cursor: string | null };
    };
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await pageOf("ada", 1, cursor);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next_cursor;
    } while (cursor !== null && seen.length < 10);
    expect(seen).toEqual(["ada", "cyd", "bob"]);
    await t.hide("cyd", "bob", "block");
    expect((await pageOf("bob", 2, null)).items.map((item) => item.id)).toEqual(["ada", "bob"]);
    expect((await pageOf("cyd", 2, null)).items.map((item) => item.id)).toEqual(["ada", "cyd"]);
    await t.sql("DELETE FROM hidings");
    expect((await pageOf("ada", 3, null)).items[0]).toEqual({
      id: "ada",
      name: "Ada Lovelace",
      avatar_url: null,
      liked_at: expect.stringMatching(/Z$/),
    });
  });
});

describe("comments", () => {
  test("are answered as they are listed, and counted, in one round trip", async () => {
    const { id } = await t.post("ada");
    const text = "See https://a.example";
    const { status, body, headers } = await t.ask("bob", `POST /v1/posts/${id}/comments`, { text });
    expect(status).toBe(201);
    expect(headers.get("server-timing")).toMatch(ONE_TRIP);
    expect(body).toEqual({
      id: expect.stringMatching(/^comment_[0-9a-f]{32}$/),
      author: { id: "bob", name: "Bob Lovelace", avatar_url: null },
      text,
      entities: [{ kind: "link", from: 4, to: 21, url: "https://a.example/" }],
      created_at: expect.stringMatching(/Z$/),
    });
    const list = await t.ask("ada", `GET /v1/posts/${id}/comments`);
    expect(list.body).toEqual({ items: [body], next_cursor: null });
    expect(list.headers.get("server-timing")).toMatch(ONE_TRIP);
    expect(await countsOf(id)).toEqual([0, 1, 2]);
  });

  test("are paged the newest first, each once, whatever is written and deleted meanwhile", async () => {
    const { id } = await t.post("ada");
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.push((await t.comment(i % 2 === 0 ? "bob" : "ada", id, `${i}`)).id);
    const seen: string[] = [];
    let cursor = "";
    for (let page = 0; page < 4; page++) {
      const { body, headers } = await t.ask("ada", `GET /v1/posts/${id}/comments?limit=2${cursor}`);
      const { items, next_cursor } = body as { items: { id: string }[]; next_cursor: string | null };
      seen.push(...items.map((item) => item.id));
      if (next_cursor === null) break;
      expect(headers.get("link")).toContain('rel="next"');
      cursor = `&cursor=${next_cursor}`;
      await t.comment("cyd", id, "meanwhile");
      if (page === 0) await t.ask("ada", `DELETE /v1/comments/${made[3]}`);
    }
    expect(seen).toEqual([6, 5, 4, 2, 1, 0].map((at) => made[at]));
    expect(await t.miscounted()).toEqual([]);
  });

  test("of people hidden from who reads are not shown, and stay counted", async () => {
    const { id } = await t.post("ada");
    await t.comment("bob", id);
    const own = await t.comment("cyd", id);
    await t.hide("bob", "cyd", "mute");
    const { body } = await t.ask("cyd", `GET /v1/posts/${id}/comments`);
    expect((body as { items: { id: string }[] }).items.map((item) => item.id)).toEqual([own.id]);
    expect((await t.ask("cyd", `GET /v1/posts/${id}`)).body).toMatchObject({ comment_count: 2 });
    await t.sql("DELETE FROM hidings");
  });

  test("are deleted by who wrote them or the post, by no other", async () => {
    const { id } = await t.post("ada");
    const [one, other] = [await t.comment("bob", id), await t.comment("bob", id)];
    const end = async (who: Person, { id: comment }: { id: string }) => {
      const { status, headers } = await t.ask(who, `DELETE /v1/comments/${comment}`);
      expect(headers.get("server-timing")).toMatch(ONE_TRIP);
      return status;
    };
    expect([await end("dan", one), await end("cyd", one)]).toEqual([404, 403]);
    expect(await countsOf(id)).toEqual([0, 2, 3]);
    expect([await end("bob", one), await end("bob", one), await end("ada", other)]).toEqual([204, 204, 204]);
    expect(await end("cyd", one)).toBe(404);
    expect(await countsOf(id)).toEqual([0, 0, 5]);
    const texts = await t.sql("SELECT text, entities FROM comments WHERE post_id = ?", [id]);
    expect(texts).toEqual([
      { text: "", entities: "[]" },
      { text: "", entities: "[]" },
    ]);
    expect((await t.ask("ada", `GET /v1/posts/${id}/comments`)).body).toEqual({
      items: [],
      next_cursor: null,
    });
  });

  test("of one's own can be deleted under a post that one sees no more", async () => {
    const { id } = await t.post("ada");
    const comment = await t.comment("cyd", id);
    await t.hide("ada", "cyd", "block");
    expect((await t.ask("bob", `DELETE /v1/comments/${comment.id}`)).status).toBe(403);
    expect((await t.ask("cyd", `DELETE /v1/comments/${comment.id}`)).status).toBe(204);
    await t.sql("DELETE FROM hidings");
    expect(await countsOf(id)).toEqual([0, 0, 3]);
  });
});

describe("counts", () => {
  test("are those of the rows after 200 likes, comments and their ends at once by few people", async () => {
    const posts = [await t.post("ada"), await t.post("ada")];
    const mine = await Promise.all(
      Array.from({ length: 20 }, (_, i) => t.comment(i % 2 === 0 ? "bob" : "cyd", posts[i % 2].id)),
    );
    const random = mulberry32(7);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
    const asked = await Promise.all(
      Array.from({ length: 200 }, () => {
        const [who, { id }] = [pick(["ada", "bob", "cyd"] as const), pick(posts)];
        const way = pick(["PUT", "PUT", "DELETE", "POST", "END"]);
        if (way === "POST") return t.ask(who, `POST /v1/posts/${id}/comments`, { text: "Hi" });
        if (way === "END") return t.ask("ada", `DELETE /v1/comments/${pick(mine).id}`);
        return t.ask(who, `${way} /v1/posts/${id}/like`);
      }),
    );
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200, 201, 204]));
    expect(await t.miscounted()).toEqual([]);
  });

  test("that are wrong are found, said aloud and made right", async () => {
    const { id } = await t.post("ada");
    await t.ask("bob", `PUT /v1/posts/${id}/like`);
    await t.comment("bob", id);
    await t.post("ada");
    await t.post("ada");
    const deps = openMemoryDeps(t.platform);
    expect(await recountPosts(deps, () => 0)).toBe(0);
    expect(deps.receipt.dbTrips).toBe(1);
    await t.sql("UPDATE posts SET like_count = 9, comment_count = 0 WHERE id = ?", [id]);
    expect(await recountPosts(openMemoryDeps(t.platform), () => 0.999)).toBe(0);
    expect(await t.miscounted()).toHaveLength(1);
    expect(await recountPosts(openMemoryDeps(t.platform), () => 0)).toBe(1);
    expect(t.platform.log.lines.at(-1)).toMatchObject({
      level: "error",
      event: "post_counts_drifted",
      posts: 1,
      first: { id, likes: 9, countedLikes: 1, comments: 0, countedComments: 1 },
    });
    expect(await countsOf(id)).toEqual([1, 1, 4]);
  });
});
