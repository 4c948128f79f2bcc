import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../../src/db/client.ts";
import { Generations } from "../../../src/cache/generations.ts";
import { FileClient, pathOfFileUrl } from "../../../src/platform/deno/file-client.ts";
import { newIsolate } from "../../../src/platform/isolate.ts";
import { newReceipt } from "../../../src/ports/receipt.ts";
import { getFeedText } from "../../../src/services/feed/feed-text.ts";
import type { FeedText, FeedTextCtx } from "../../../src/services/feed/feed-text.ts";
import { TIMELINES } from "../../../src/services/feed/timeline-settings.ts";
import { Random } from "../../index/random.ts";
import { Acts } from "./histories-acts.ts";
import { openWorlds } from "./small-world.ts";
import type { SmallWorld, Worlds } from "./small-world.ts";

const HISTORIES = 30;
const ROUNDS = 25;

let worlds: Worlds;
let near: FileClient;
beforeAll(async () => {
  worlds = await openWorlds();
  near = new FileClient(pathOfFileUrl(worlds.url) ?? "");
});
afterAll(() => {
  near.close();
  worlds.close();
});

interface Asked extends FeedText {
  ownSeq: number | null;
  trips: number;
  rows: number;
}

/** As who asks, by a database in the process and by one that is not, with what one isolate keeps. */
class Reader {
  readonly #world: SmallWorld;
  readonly isolate = newIsolate();

  constructor(world: SmallWorld) {
    this.#world = world;
  }

  async ask(viewer: string, isNear: boolean, cursor: string | null = null, limit = 4): Promise<Asked> {
    const receipt = newReceipt();
    const db = isNear ? openDatabase(() => near, receipt) : openDatabase(() => worlds.client, receipt);
    const ctx: FeedTextCtx = { ...this.#world.as(viewer), db, receipt, isolate: this.isolate };
    const text = await getFeedText(ctx, { cursor, limit });
    return { ...text, ownSeq: receipt.ownSeq, trips: receipt.dbTrips, rows: receipt.rowsRead };
  }

  /** Both to the end of the feed, page by page. */
  async expectSame(viewer: string): Promise<number> {
    let cursor: string | null = null;
    let pages = 0;
    do {
      const [mine, other]: Asked[] = await Promise.all([
        this.ask(viewer, true, cursor),
        this.ask(viewer, false, cursor),
      ]);
      expect(mine.body).toBe(other.body);
      if (other.ownSeq !== null) expect(mine.ownSeq).toBe(other.ownSeq);
      cursor = mine.nextCursor;
      pages++;
    } while (cursor !== null);
    return pages;
  }
}

test(
  `${HISTORIES} histories: kept texts make the very pages that one statement gives`,
  { timeout: 300_000 },
  async () => {
    let pages = 0;
    for (let seed = 0; seed < HISTORIES; seed++) {
      const world = await worlds.found(`text${seed}`, 5);
      const random = new Random(seed);
      const acts = new Acts(worlds, world, random, { ...TIMELINES, wideFrom: 100 });
      const reader = new Reader(world);
      await acts.begin();
      for (let round = 0; round < ROUNDS; round++) {
        for (let i = random.below(3); i >= 0; i--) await acts.act();
        pages += await reader.expectSame(random.pick(world.people));
      }
    }
    expect(pages).toBeGreaterThan(HISTORIES * ROUNDS);
  },
);

describe("what is kept of a post", () => {
  const run = (sql: string, ...args: string[]) => worlds.client.execute({ sql, args });
  let count = 0;

  /** Two friends, a post of the second with a comment of the first, and both pages read. */
  async function scene(): Promise<{ reader: Reader; ada: string; bob: string; post: string }> {
    const world = await worlds.found(`scene${count++}`, 2);
    const [ada, bob] = world.people;
    const post = `post_1-${bob}`;
    const befriend = `INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 1)`;
    await run(befriend, ada, bob);
    await run(befriend, bob, ada);
    await run(
      `INSERT INTO posts (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
        VALUES (?, ?, 'Hi', '[]', '[]', 0, 1, 2, 5)`,
      post,
      bob,
    );
    await run(
      `INSERT INTO comments (id, post_id, author_id, text, entities, created_at) VALUES (?, ?, ?, 'Yes', '[]', 6)`,
      `comment_1-${ada}`,
      post,
      ada,
    );
    const reader = new Reader(world);
    for (const viewer of [ada, bob]) await reader.expectSame(viewer);
    return { reader, ada, bob, post };
  }

  const isSame = async (reader: Reader, viewer: string): Promise<boolean> =>
    (await reader.ask(viewer, true)).body === (await reader.ask(viewer, false)).body;

  test("is read once, and each page is one trip", async () => {
    const { reader, ada, bob } = await scene();
    // The page's own row; the transaction's beginning and end have none.
    for (const viewer of [ada, bob])
      expect(await reader.ask(viewer, true)).toMatchObject({ trips: 1, rows: 1 });
    reader.isolate.feedParts.clear();
    expect(await reader.ask(ada, true)).toMatchObject({ trips: 1, rows: 2 });
  });

  test("holds nobody's like", async () => {
    const { reader, ada, bob, post } = await scene();
    await run("INSERT INTO likes (post_id, user_id, created_at) VALUES (?, ?, 1)", post, ada);
    expect((await reader.ask(ada, true)).body).toContain('"liked":true');
    expect((await reader.ask(bob, true)).body).toContain('"liked":false');
  });

  test("has who has changed their name at once for themselves, and for others within half a minute", async () => {
    const { reader, ada, bob } = await scene();
    await run("UPDATE users SET name = 'Roberta' WHERE id = ?", bob);
    expect(await isSame(reader, bob)).toBe(true);
    await run("UPDATE users SET name = 'Adam', image = 'https://a.example/a.png' WHERE id = ?", ada);
    expect(await isSame(reader, ada)).toBe(true);
    expect((await reader.ask(ada, true)).body).toContain("Adam");
    await run("UPDATE users SET name = 'Robin' WHERE id = ?", bob);
    worlds.clock.advance(31_000);
    expect(await isSame(reader, ada)).toBe(true);
  });

  test("has a product's price and title as they are", async () => {
    const { reader, ada, post } = await scene();
    const product = `product-${post}`;
    await run("INSERT OR IGNORE INTO organisations (id, slug, name, created_at) VALUES ('o', 'o', 'O', 1)");
    await run(
      `INSERT INTO products (id, org_id, title, description, category, price_amount, price_currency, rating_count,
          in_stock, attributes, content_hash, version, seq, created_at, updated_at)
        VALUES (?, 'o', 'Lamp', '', 'home', 100, 'EUR', 0, 1, '{}', 'x', 1, 1, 1, 1)`,
      product,
    );
    await run("UPDATE posts SET product_id = ?, version = version + 1 WHERE id = ?", product, post);
    expect(await isSame(reader, ada)).toBe(true);
    await run("UPDATE products SET price_amount = 50, seq = 2 WHERE id = ?", product);
    expect(await isSame(reader, ada)).toBe(true);
    expect((await reader.ask(ada, true)).body).toContain('"amount":50');
    await run("UPDATE products SET deleted_at = 1, seq = 3 WHERE id = ?", product);
    expect(await isSame(reader, ada)).toBe(true);
  });

  test("has no picture that is gone", async () => {
    const { reader, ada, bob, post } = await scene();
    const [kept, gone] = [`image_1-${post}`, `image_2-${post}`];
    for (const id of [kept, gone]) {
      await run(
        `INSERT INTO image_contents (sha256, format, bytes, width, height, state, thumbhash, created_at, changed_at)
          VALUES (?, 'png', 9, 4, 3, 'ready', 'AAAA', 1, 1)`,
        id,
      );
      await run("INSERT INTO images (id, sha256, user_id, created_at) VALUES (?, ?, ?, 1)", id, id, bob);
    }
    const ids = JSON.stringify([gone, kept]);
    await run("UPDATE posts SET image_ids = ?, version = version + 1 WHERE id = ?", ids, post);
    expect((await reader.ask(ada, true)).body).toContain(gone);
    expect(await reader.ask(ada, true)).toMatchObject({ rows: 1 });
    await run("DELETE FROM images WHERE id = ?", gone);
    const { body } = await reader.ask(bob, true);
    expect(body).not.toContain(gone);
    expect(body).toContain(kept);
    expect(await isSame(reader, ada)).toBe(true);
    expect(await reader.ask(ada, true)).toMatchObject({ rows: 1 });
  });

  test("shows none of the comments of who is hidden now", async () => {
    const { reader, bob, post } = await scene();
    const stranger = (await worlds.found(`stranger${count++}`, 1)).people[0];
    await run(
      `INSERT INTO comments (id, post_id, author_id, text, entities, created_at) VALUES (?, ?, ?, 'Boo', '[]', 7)`,
      `comment_2-${stranger}`,
      post,
      stranger,
    );
    await run("UPDATE posts SET comment_count = 2, version = version + 1 WHERE id = ?", post);
    expect((await reader.ask(bob, true)).body).toContain("Boo");
    await run(
      "INSERT INTO hidings (user_id, other_id, kind, created_at) VALUES (?, ?, 'block', 1)",
      stranger,
      bob,
    );
    expect((await reader.ask(bob, true)).body).not.toContain("Boo");
    expect(await isSame(reader, bob)).toBe(true);
  });

  test("changes the page's digest with what the page shows", async () => {
    const { reader, ada, post } = await scene();
    const digest = async () => (await reader.ask(ada, true)).digest;
    const first = await digest();
    expect(await digest()).toBe(first);
    await run("INSERT INTO likes (post_id, user_id, created_at) VALUES (?, ?, 1)", post, ada);
    const second = await digest();
    await run("UPDATE posts SET like_count = 1, version = version + 1 WHERE id = ?", post);
    expect(new Set([first, second, await digest()]).size).toBe(3);
  });

  test("tells the pages of two who see the same posts apart by their cursors", async () => {
    const { reader, ada, bob } = await scene();
    await run(
      `INSERT INTO posts (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
        VALUES (?, ?, 'Ho', '[]', '[]', 0, 0, 1, 6)`,
      `post_2-${bob}`,
      bob,
    );
    const [hers, his] = [await reader.ask(ada, true, null, 1), await reader.ask(bob, true, null, 1)];
    expect(hers.nextCursor).not.toBe(his.nextCursor);
    expect(hers.digest).not.toBe(his.digest);
    expect((await reader.ask(ada, true, null, 1)).digest).toBe(hers.digest);
  });
});

test("generations forget what nobody asks for, and keep within their bytes", () => {
  const map = new Generations<number>(1_000);
  for (let i = 0; i < 100; i++) {
    map.set(`k${i}`, i, 50);
    expect(map.get("k0")).toBe(0);
    expect(map.size).toBeLessThanOrEqual(20);
  }
  expect(map.get("k50")).toBeUndefined();
  expect(map.get("k99")).toBe(99);
  map.clear();
  expect(map.get("k99")).toBeUndefined();
});
