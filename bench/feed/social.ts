import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { DAY_MS } from "../../src/domain/event.ts";
import { MAX_FRIENDS } from "../../src/services/friends/limits.ts";
import { pick, pickIndex, seeded } from "../random.ts";
import type { Random } from "../random.ts";
import { feedState, migrateFile, writeFeedFile } from "./feed-file.ts";
import type { FeedFile } from "./feed-file.ts";
import { commentIdOf, postIdOf, userIdOf } from "./ids.ts";
import { shuffle, weightedPick } from "./weighted.ts";

/** Grows where the same data would be written in another way. */
const VERSION = 2;
const PEOPLE = 37_700;
/** Of the graph, before those are left out that would give somebody more than `MAX_FRIENDS`. */
export const GRAPH_FRIENDSHIPS = 289_003;
const POSTS_A_PERSON = 10;
const SPAN_MS = 180 * DAY_MS;
const END = Date.UTC(2026, 10, 1);
const MAX_LIKES = 12;
const MAX_COMMENTS = 6;

export interface SocialDataset {
  /** The libSQL file; to be read only: `copyDatabase` gives one to write into. */
  file: string;
  people: number;
  posts: number;
}

async function linesOf(file: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) }))
    lines.push(line);
  return lines;
}

/** Friends of each person, by number. */
type Graph = number[][];

/** Who has as many friends as anybody may have gets no more of them: a random part stays. */
async function readGraph(random: Random, folder: string): Promise<Graph> {
  const [, ...lines] = await linesOf(join(folder, "social/friendships.csv.gz"));
  shuffle(random, lines);
  const friends: Graph = Array.from({ length: PEOPLE }, () => []);
  for (const line of lines) {
    const [one, other] = line.split(",").map(Number);
    if (Math.max(friends[one].length, friends[other].length) >= MAX_FRIENDS) continue;
    friends[one].push(other);
    friends[other].push(one);
  }
  return friends;
}

function writePeople(feed: FeedFile, friends: Graph): void {
  const start = END - 4 * SPAN_MS;
  for (const [number, ofPerson] of friends.entries()) {
    feed.person({ id: userIdOf(number), name: `Person ${number}`, createdAt: start });
    for (const friend of ofPerson.toSorted((a, b) => a - b)) {
      // The same for both directions.
      const since = start + ((Math.min(number, friend) * 7_919 + Math.max(number, friend)) % SPAN_MS);
      feed.friendship(userIdOf(number), userIdOf(friend), since);
    }
  }
}

/** A few get many, most get none or one; from friends of the author alone. */
function reactions(random: Random, most: number, friends: readonly number[]): number[] {
  const wanted = Math.min(friends.length, Math.floor(random() ** 3 * (most + 1)));
  const from = new Set<number>();
  while (from.size < wanted) from.add(pick(random, friends));
  return [...from];
}

function writePosts(feed: FeedFile, random: Random, friends: Graph, texts: readonly string[]): void {
  const author = weightedPick(
    random,
    Float64Array.from(friends, ({ length }) => Math.sqrt(length)),
  );
  const posts = PEOPLE * POSTS_A_PERSON;
  const step = SPAN_MS / posts;
  let comments = 0;
  for (let number = 1; number <= posts; number++) {
    const by = author();
    const createdAt = Math.floor(END - SPAN_MS + (number - random()) * step);
    const id = postIdOf(number, createdAt);
    const liking = reactions(random, MAX_LIKES, friends[by]);
    const commenting = reactions(random, MAX_COMMENTS, friends[by]);
    const counts = { likes: liking.length, comments: commenting.length };
    feed.post({
      id,
      author: userIdOf(by),
      text: texts[pickIndex(random, texts.length)],
      ...counts,
      createdAt,
    });
    for (const user of liking) feed.like(id, userIdOf(user), createdAt + 60_000);
    for (const user of commenting) {
      const at = createdAt + 120_000;
      feed.comment(commentIdOf(++comments, at), id, userIdOf(user), pick(random, texts), at);
    }
  }
}

/** The real graph as a community whose people have posted and reacted at random: who has more friends, more. */
export async function socialDataset(folder: string): Promise<SocialDataset> {
  const file = feedState(`social-${VERSION}.db`);
  if (!existsSync(file)) {
    const random = seeded(20261124);
    const graph = await readGraph(random, folder);
    const texts = await linesOf(join(folder, "social/posts.txt.gz"));
    await writeFeedFile(file, (feed) => {
      writePeople(feed, graph);
      writePosts(feed, random, graph, texts);
    });
  }
  await migrateFile(file);
  return { file, people: PEOPLE, posts: PEOPLE * POSTS_A_PERSON };
}
