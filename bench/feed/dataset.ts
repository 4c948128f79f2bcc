import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { benchState } from "../deployment.ts";
import { runPython } from "../reference.ts";
import { feedState, migrateFile, writeFeedFile } from "./feed-file.ts";
import type { FeedFile } from "./feed-file.ts";
import { commentIdOf, postIdOf, userIdOf } from "./ids.ts";

/** How much the generator makes; at full scale of the feed 20,000 users, 200,000 posts, 1 million likes, 500,000 comments. */
export type Scale = "full" | "small";
export const SCALE = "full";
/** Grows where the same data would be written in another way. */
const VERSION = 2;

export interface FeedDataset {
  /** The libSQL file; to be read only: `copyDatabase` gives one to write into. */
  file: string;
  /** The generator's CSV files. */
  csv: string;
  users: number;
}

const CELL = /("(?:[^"]|"")*"|[^,]*)(?:,|$)/g;

function cellsOf(line: string): string[] {
  return [...line.matchAll(CELL)].map(([, cell]) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

/** The rows of a file of the generator, without its header. */
export async function* csvRows(file: string): AsyncGenerator<string[]> {
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (!isHeader) yield cellsOf(line);
    isHeader = false;
  }
}

/** Generates the feed's files unless they are there; answers their folder, where the reference looks for them too. */
export async function prepareFeedCsv(reference: string, scale: Scale = SCALE): Promise<string> {
  const csv = join(benchState(), "reference/data", scale);
  if (!existsSync(join(csv, "comments.csv"))) {
    await runPython(reference, ["gen/gen.py", "--scale", scale, "--only", "feed", "--out", csv]);
  }
  return csv;
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

async function loadPeople(feed: FeedFile, csv: string): Promise<void> {
  for await (const [id, name, at] of csvRows(join(csv, "feed_users.csv")))
    feed.person({ id: userIdOf(Number(id)), name, createdAt: Number(at) });
  for await (const [user, friend, at] of csvRows(join(csv, "friendships.csv")))
    feed.friendship(userIdOf(Number(user)), userIdOf(Number(friend)), Number(at));
}

async function loadPosts(feed: FeedFile, csv: string): Promise<void> {
  const [posts, likes, comments] = [new Map<number, string>(), new Map(), new Map()];
  for await (const [id, , , at] of csvRows(join(csv, "posts.csv")))
    posts.set(Number(id), postIdOf(Number(id), Number(at)));
  const postOf = (number: string): string => {
    const id = posts.get(Number(number));
    if (id === undefined) throw new Error(`The generator knows no post ${number}`);
    return id;
  };
  for await (const [, user, post, at] of csvRows(join(csv, "likes.csv"))) {
    feed.like(postOf(post), userIdOf(Number(user)), Number(at));
    add(likes, Number(post));
  }
  for await (const [id, user, post, body, at] of csvRows(join(csv, "comments.csv"))) {
    const createdAt = Number(at);
    feed.comment(commentIdOf(Number(id), createdAt), postOf(post), userIdOf(Number(user)), body, createdAt);
    add(comments, Number(post));
  }
  for await (const [id, user, text, at] of csvRows(join(csv, "posts.csv"))) {
    const counts = { likes: likes.get(Number(id)) ?? 0, comments: comments.get(Number(id)) ?? 0 };
    const author = userIdOf(Number(user));
    feed.post({ id: postOf(id), author, text, ...counts, createdAt: Number(at) });
  }
}

/**
 * The reference's data in our schema, made once and kept. `userIdOf` gives our id of the generator's user, and `numberOf`
 * the generator's of any of our ids; ids of posts and comments are in the order of (created_at, id). Everybody is signed
 * in (`bearerOf`). The reference's pages are friends' posts alone, ours have one's own too.
 */
export async function feedDataset(reference: string, scale: Scale = SCALE): Promise<FeedDataset> {
  const csv = await prepareFeedCsv(reference, scale);
  const file = feedState(scale === SCALE ? `reference-${VERSION}.db` : `reference-${scale}-${VERSION}.db`);
  if (!existsSync(file)) {
    await writeFeedFile(file, async (feed) => {
      await loadPeople(feed, csv);
      await loadPosts(feed, csv);
    });
  }
  await migrateFile(file);
  return { file, csv, users: scale === SCALE ? 20_000 : 1_000 };
}
