import { DAY_MS } from "../../src/domain/event.ts";
import { pick, pickIndex, seeded } from "../random.ts";
import type { Random } from "../random.ts";
import { writeFeedFile } from "./feed-file.ts";
import type { FeedFile } from "./feed-file.ts";
import { commentIdOf, postIdOf, userIdOf } from "./ids.ts";
import { shuffle, weightedPick } from "./weighted.ts";

const PEOPLE = 20_000;
const MEAN_FRIENDS = 50;
/** People who write a fiftieth of all posts together: of a circle like that, few posts are among the newest of all. */
const QUIET = 5_000;
const QUIET_SHARE = 0.02;
const SPAN_MS = 365 * DAY_MS;
const END = Date.UTC(2026, 10, 1);
/** Of so many posts, one has a comment and a like. */
const REACTION_EVERY = 10;
const TEXTS = 4_096;
const SYLLABLES = ["ba", "lo", "min", "tar", "es", "kin", "do", "ver", "sa", "ul", "pre", "on", "ci", "that"];
const VIEWERS_A_KIND = 8;
const FIRST_VIEWER = 100_000;

export const FRIENDS = [10, 100, 1_000, 5_000];

/** Viewers of one kind: `friends` friends each, of all people or of the quiet ones. */
export interface ViewerKind {
  friends: number;
  isQuiet: boolean;
  viewers: string[];
}

export function viewerKinds(): ViewerKind[] {
  const kinds = [
    ...FRIENDS.map((friends) => ({ friends, isQuiet: false })),
    ...FRIENDS.filter((friends) => friends >= 1_000).map((friends) => ({ friends, isQuiet: true })),
  ];
  return kinds.map((kind, place) => ({
    ...kind,
    viewers: Array.from({ length: VIEWERS_A_KIND }, (_, i) =>
      userIdOf(FIRST_VIEWER + place * VIEWERS_A_KIND + i),
    ),
  }));
}

/** Numbers from 1; the last `QUIET` are the quiet ones. */
function authorWeights(random: Random): Float64Array {
  const loud = Float64Array.from({ length: PEOPLE - QUIET }, (_, i) => (i + 5) ** -0.6);
  shuffle(random, loud);
  const all = loud.reduce((sum, weight) => sum + weight, 0) / (1 - QUIET_SHARE);
  const weights = new Float64Array(PEOPLE).fill((all * QUIET_SHARE) / QUIET);
  weights.set(loud);
  return weights;
}

/** From 1 to 45 words, mostly few: 90 characters on average. */
function makeTexts(random: Random): string[] {
  const word = () => Array.from({ length: 1 + pickIndex(random, 3) }, () => pick(random, SYLLABLES)).join("");
  return Array.from({ length: TEXTS }, () =>
    Array.from({ length: 1 + Math.floor(45 * random() ** 2) }, word).join(" "),
  );
}

/** Friendships by chance, more for some: the sets of each person, by number. */
function makeFriends(random: Random): Set<number>[] {
  const friends = Array.from({ length: PEOPLE + 1 }, () => new Set<number>());
  const weights = Float64Array.from({ length: PEOPLE }, (_, i) => (i + 10) ** -0.5);
  shuffle(random, weights);
  const someone = weightedPick(random, weights);
  for (let left = (PEOPLE * MEAN_FRIENDS) / 2; left > 0;) {
    const [one, other] = [1 + someone(), 1 + someone()];
    if (one === other || friends[one].has(other)) continue;
    friends[one].add(other);
    friends[other].add(one);
    left--;
  }
  return friends;
}

function writePeople(feed: FeedFile, random: Random): void {
  const since = END - 2 * SPAN_MS;
  const friends = makeFriends(random);
  for (let number = 1; number <= PEOPLE; number++) {
    feed.person({ id: userIdOf(number), name: `Person ${number}`, createdAt: since });
    for (const friend of [...friends[number]].sort((a, b) => a - b))
      feed.friendship(userIdOf(number), userIdOf(friend), since);
  }
  for (const { friends: wanted, isQuiet, viewers } of viewerKinds()) {
    const [first, among] = isQuiet ? [PEOPLE - QUIET + 1, QUIET] : [1, PEOPLE];
    for (const viewer of viewers) {
      feed.person({ id: viewer, name: `Viewer of ${wanted}`, createdAt: since });
      const chosen = new Set<number>();
      while (chosen.size < wanted) chosen.add(first + pickIndex(random, among));
      for (const friend of chosen) {
        feed.friendship(viewer, userIdOf(friend), since);
        feed.friendship(userIdOf(friend), viewer, since);
      }
    }
  }
}

function writePosts(feed: FeedFile, random: Random, posts: number): void {
  const texts = makeTexts(random);
  const author = weightedPick(random, authorWeights(random));
  const step = SPAN_MS / posts;
  for (let number = 1; number <= posts; number++) {
    const createdAt = Math.floor(END - SPAN_MS + (number - random()) * step);
    const id = postIdOf(number, createdAt);
    const reactions = number % REACTION_EVERY === 0 ? 1 : 0;
    const by = userIdOf(1 + author());
    feed.post({
      id,
      author: by,
      text: pick(random, texts),
      likes: reactions,
      comments: reactions,
      createdAt,
    });
    if (reactions === 0) continue;
    const reader = userIdOf(1 + pickIndex(random, PEOPLE));
    feed.like(id, reader, createdAt + 1);
    feed.comment(commentIdOf(number, createdAt), id, reader, pick(random, texts), createdAt + 1);
  }
}

/**
 * A community of 20,000 people with 50 friends on average and so many posts of a year, written as they would have come:
 * in the order of time, with all indexes. `viewerKinds` names the people beside them who read.
 */
export async function writeGrowthFile(file: string, posts: number): Promise<void> {
  const random = seeded(20261125);
  await writeFeedFile(file, (feed) => {
    writePeople(feed, random);
    writePosts(feed, random, posts);
  });
}
