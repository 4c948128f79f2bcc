import { afterAll, beforeAll, expect, test } from "vitest";
import { consume } from "../../src/queue/consumer.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { flushExposures } from "../../src/services/experiments/expose.ts";
import { openPosts, type PostsWorld } from "../http/posts-world.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { BROWSER } from "./world.ts";

const READERS = 24;
const POSTS = 40;

let t: PostsWorld;
const readers: Record<string, string>[] = [];
const operator = () => ({ authorization: `Bearer ${t.platform.config.operatorKey}` });

beforeAll(async () => {
  t = await openPosts();
  // Nothing is sent a second later, by itself: the tests send what waits.
  t.platform.isolate.experiments.flushUntil = Number.POSITIVE_INFINITY;
  for (let i = 0; i < POSTS; i++) await t.post("bob", { text: `Post ${i}` });
  for (let i = 0; i < READERS; i++) {
    const id = `reader-${i}`;
    await t.sql(
      "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)",
      [id, id, `${id}@example.com`],
    );
    for (const [one, other] of [
      [id, "bob"],
      ["bob", id],
    ])
      await t.sql("INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)", [
        one,
        other,
      ]);
    readers.push({
      authorization: `Bearer ${signedToken(t.platform, await addSession(t.platform, id))}`,
      "user-agent": BROWSER,
    });
  }
});
afterAll(() => t.platform.close());

async function start(body: object): Promise<void> {
  const { status } = await t.ask(operator(), "POST /v1/admin/experiments", body);
  expect(status).toBe(201);
  // The isolate learns of it after a feed that is older than five seconds.
  t.platform.clock.advance(6_000);
  await t.ask("ada", "GET /v1/feed");
}

async function feed(reader: Record<string, string>, query = "") {
  const { status, body, headers } = await t.ask(reader, `GET /v1/feed${query}`);
  expect(status).toBe(200);
  const { items, next_cursor: nextCursor } = body as { items: { id: string }[]; next_cursor: string | null };
  return { ids: items.map(({ id }) => id), nextCursor, headers };
}

async function unitsOf(name: string): Promise<number[]> {
  const deps = openMemoryDeps(t.platform);
  await flushExposures(deps);
  await deps.lifetime.settle();
  await t.platform.jobs.drain((messages) => consume(openMemoryDeps(t.platform), messages));
  const { body } = await t.ask(operator(), `GET /v1/admin/experiments/${name}`);
  const { arms } = (body as { reading: { arms: Record<string, { units: number }> } }).reading;
  return [arms.control.units, arms.treatment.units];
}

test("a feed's first page has the size of the reader's arm, the pages behind it go on, and both arms are counted", async () => {
  await start({ name: "sizes", parameter: "feed_page_size", treatment: 30 });
  const sizes: number[] = [];
  for (const reader of readers) {
    const first = await feed(reader);
    sizes.push(first.ids.length);
    expect((await feed(reader)).ids.length).toBe(first.ids.length);
    const rest = await feed(reader, `?cursor=${first.nextCursor}`);
    expect(new Set([...first.ids, ...rest.ids]).size).toBe(POSTS);
    expect(rest.headers.get("query-id")).toBeNull();
  }
  expect(new Set(sizes)).toEqual(new Set([20, 30]));
  const treated = sizes.filter((size) => size === 30).length;
  expect(await unitsOf("sizes")).toEqual([READERS - treated, treated]);
});

test("a request that names its size is in no experiment on it", async () => {
  for (const reader of readers) {
    const { ids, headers } = await feed(reader, "?limit=20");
    expect([ids.length, headers.get("query-id")]).toEqual([20, null]);
  }
});

test("a reader's kept page answers again for as long as their arm says", async () => {
  await t.ask(operator(), "POST /v1/admin/experiments/sizes/end", { decision: "control" });
  await start({ name: "kept", parameter: "feed_cache_seconds", treatment: 20 });
  const hits: boolean[] = [];
  for (const reader of readers) {
    const token = (await feed(reader)).headers.get("consistency-token") ?? "";
    t.platform.clock.advance(10_000);
    const { headers } = await feed({ ...reader, "consistency-token": token });
    hits.push(/cache;desc="hit"/.test(headers.get("server-timing") ?? ""));
  }
  const treated = hits.filter(Boolean).length;
  expect(treated).toBeGreaterThan(0);
  expect(await unitsOf("kept")).toEqual([READERS - treated, treated]);
});
