import { BEFORE_ALL } from "../../src/db/queries/feed-skeleton.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { endFriendship, askFriend } from "../../src/services/friends/friendships.ts";
import { buildTimeline } from "../../src/services/feed/timeline-jobs.ts";
import { TIMELINES } from "../../src/services/feed/timeline-settings.ts";
import { relayOutbox } from "../../src/services/outbox.ts";
import { createPost } from "../../src/services/posts/posts.ts";
import { percentile } from "../statistics.ts";
import { viewerKinds } from "./growth-data.ts";
import { timed } from "./reader.ts";
import type { FeedReader } from "./reader.ts";

const POSTS = 24;
const NEWEST = 20_000;

/** What a post of one kind of authors costs: milliseconds of the request, and milliseconds and rows of its jobs. */
export interface Writing {
  author: string;
  request: { p50: number; p99: number };
  jobs: { p50: number; p99: number };
  /** Rows of timelines a post. */
  rows: number;
}

function spread(values: number[]): { p50: number; p99: number } {
  values.sort((a, b) => a - b);
  return { p50: percentile(values, 50), p99: percentile(values, 99) };
}

/** One file under the verbs that write, with its jobs run by the consumer, each measured by itself. */
export class FeedWriter {
  readonly #platform: MemoryPlatform;
  readonly #reader: FeedReader;

  private constructor(platform: MemoryPlatform, reader: FeedReader) {
    this.#platform = platform;
    this.#reader = reader;
  }

  static async open(reader: FeedReader): Promise<FeedWriter> {
    return new FeedWriter(await createMemoryPlatform({ now: Date.now() }), reader);
  }

  ctxOf(userId: string) {
    const deps = openMemoryDeps(this.#platform, { db: this.#reader.db });
    const actor = { kind: "user" as const, userId, name: "", email: "", sessionId: null, memberships: [] };
    return { ...deps, actor };
  }

  /** Runs what was sent; milliseconds. */
  async #settle(userId: string): Promise<number> {
    const { actor: _, ...deps } = this.ctxOf(userId);
    await relayOutbox(deps);
    const ms = await timed(() => this.#platform.jobs.drain((batch) => consume(deps, batch)));
    const [failure] = this.#platform.jobs.failures;
    if (failure !== undefined) throw failure;
    return ms;
  }

  async #count(table: "timeline_posts" | "timeline_pulls"): Promise<number> {
    const { rows } = await this.#reader.client.execute(`SELECT count(*) AS n FROM ${table}`);
    return Number(rows[0].n);
  }

  async #rows(): Promise<number> {
    return (await this.#count("timeline_posts")) + (await this.#count("timeline_pulls"));
  }

  /** The posts of an author, each with its jobs. */
  async measurePosts(name: string, authors: readonly string[], posts = POSTS): Promise<Writing> {
    const [requests, jobs]: number[][] = [[], []];
    const before = await this.#rows();
    for (let i = 0; i < posts; i++) {
      this.#platform.clock.advance(1_000);
      const author = authors[i % authors.length];
      const ctx = this.ctxOf(author);
      const input = { text: "What is new?", mentions: [], productId: null, imageIds: [] };
      requests.push(await timed(() => createPost(ctx, input)));
      await ctx.lifetime.settle();
      jobs.push(await this.#settle(author));
    }
    const rows = ((await this.#rows()) - before) / posts;
    return { author: name, request: spread(requests), jobs: spread(jobs), rows };
  }

  /** Gives each of them a timeline; milliseconds a timeline, and its rows. */
  async measureBuilds(readers: readonly string[]) {
    const before = await this.#rows();
    const builds: number[] = [];
    for (const reader of readers) builds.push(await timed(() => buildTimeline(this.ctxOf(reader), reader)));
    return { ...spread(builds), rows: ((await this.#rows()) - before) / readers.length };
  }

  /** Ends friendships of people who have timelines and begins them again: the jobs of either. */
  async measureFriendships(viewer: string, friends: readonly string[]) {
    const [ends, backfills]: number[][] = [[], []];
    let rows = 0;
    for (const friend of friends) {
      this.#platform.clock.advance(1_000);
      await endFriendship(this.ctxOf(viewer), friend);
      ends.push(await this.#settle(viewer));
      const before = await this.#count("timeline_posts");
      await askFriend(this.ctxOf(viewer), friend);
      await askFriend(this.ctxOf(friend), viewer);
      backfills.push(await this.#settle(viewer));
      rows += (await this.#count("timeline_posts")) - before;
    }
    return { clean: spread(ends), backfill: spread(backfills), rows: rows / friends.length };
  }

  /** Gives everybody a timeline of the newest posts, as they would be after a day: about a million rows. */
  async crowd(): Promise<number> {
    const { client } = this.#reader;
    const { rows } = await client.execute(
      `SELECT id FROM posts ORDER BY id DESC LIMIT 1 OFFSET ${NEWEST - 1}`,
    );
    const floor = String(rows[0].id);
    const now = this.#platform.clock.now();
    await client.batch(
      [
        {
          sql: "INSERT OR IGNORE INTO timelines (reader_id, floor, read_at, trimmed_at) SELECT id, ?, ?, ? FROM users",
          args: [floor, now, now],
        },
        {
          sql: `INSERT OR IGNORE INTO timeline_posts (reader_id, post_id) SELECT friendships.other_id, posts.id
            FROM posts CROSS JOIN friendships ON friendships.user_id = posts.author_id
            WHERE posts.id >= ? AND posts.id < ? ORDER BY 1, 2`,
          args: [floor, BEFORE_ALL],
        },
      ],
      "write",
    );
    return this.#count("timeline_posts");
  }

  async friendsOf(user: string, limit: number): Promise<string[]> {
    const sql = "SELECT other_id AS id FROM friendships WHERE user_id = ? ORDER BY other_id LIMIT ?";
    const { rows } = await this.#reader.client.execute({ sql, args: [user, limit] });
    return rows.map(({ id }) => String(id));
  }

  /** Leaves each as many friends as an author may have whose posts are still brought to timelines. */
  async narrow(authors: readonly string[]): Promise<void> {
    for (const author of authors) {
      const [friend] = await this.friendsOf(author, 1);
      await endFriendship(this.ctxOf(author), friend);
      await this.#settle(author);
    }
  }

  close(): void {
    this.#platform.close();
  }
}

/** What writing costs where nobody has a timeline. */
export async function measureBare(writer: FeedWriter): Promise<Writing[]> {
  const writings: Writing[] = [];
  for (const { friends, isQuiet, viewers } of viewerKinds())
    if (!isQuiet) writings.push(await writer.measurePosts(`${friends} friends, no timelines`, viewers));
  return writings;
}

/** What writing costs where everybody has one. */
export async function measureCrowded(writer: FeedWriter): Promise<Writing[]> {
  const writings: Writing[] = [];
  for (const { friends, isQuiet, viewers } of viewerKinds()) {
    if (isQuiet) continue;
    if (friends < TIMELINES.wideFrom) {
      writings.push(await writer.measurePosts(`${friends} friends`, viewers));
      continue;
    }
    if (friends === TIMELINES.wideFrom) {
      const [wide, ...narrow] = viewers;
      await writer.narrow(narrow);
      writings.push(await writer.measurePosts(`${friends - 1} friends`, narrow));
      writings.push(await writer.measurePosts(`${friends} friends, marked as wide by it`, [wide], 1));
      writings.push(await writer.measurePosts(`${friends} friends, wide`, [wide]));
      continue;
    }
    writings.push(
      await writer.measurePosts(`${friends} friends, marked as wide by it`, viewers, viewers.length),
    );
    writings.push(await writer.measurePosts(`${friends} friends, wide`, viewers));
  }
  return writings;
}
