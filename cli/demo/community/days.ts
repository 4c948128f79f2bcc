import { Choice } from "../choice.ts";
import { createRandom, type Random } from "../random.ts";
import { isWeekend, levelOf, momentOfDay } from "../visits/rhythm.ts";
import type { Community } from "./community.ts";
import { PostWriter, type Draft, type Setting } from "./compose-post.ts";
import { timedId, type CommunityLine } from "./lines.ts";
import type { Member } from "./members.ts";
import { WITH_PICTURE } from "./phrases/comments.ts";
import type { Moment } from "./phrases/small-talk.ts";
import { reactionsTo, type ReactedPost, type ReactionLevels } from "./reactions.ts";
import { write } from "./writer.ts";

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** What `levelOf` is on average over a year. */
const USUAL_LEVEL = 0.956;
const NOISE = 0.08;

export interface DaysOptions extends ReactionLevels {
  seed: number;
  /** Posts a day on average. */
  perDay: number;
  /** Days since the epoch, both of them included. */
  from: number;
  to: number;
  /** The last moment, in milliseconds since the epoch. */
  until: number;
  /** Where the shop is, for links to it. */
  shopUrl: string;
  /** As long the hosts write and like too: later they are whoever signed in. */
  hostsUntil: number;
}

/**
 * What is written and liked from day to day, each post with all that it has got until now. A day is the same whatever days
 * are asked for: with less of what comes after it, the younger it is.
 */
export function* generateDays(community: Community, options: DaysOptions): Generator<CommunityLine> {
  const authors = new Choice([...community.members.keys()], (i) => community.members[i].chattiness);
  for (let day = options.from; day <= options.to; day++) {
    for (const post of postsOf(community, authors, day, options)) yield* asItCame(post, community, options);
  }
}

/** A post with one of these pictures a day, up to the last; of a chance of its own, so that it changes no other post. */
export function* generatePictures(
  community: Community,
  imageIds: readonly string[],
  options: DaysOptions,
): Generator<CommunityLine> {
  const { seed, to } = options;
  for (const [i, imageId] of imageIds.entries()) {
    const random = createRandom(seed * 1_000_033 + to - i);
    const text = write(random, WITH_PICTURE[i % WITH_PICTURE.length]);
    const draft: Draft = { ...text, subject: "picture", good: null, hasProduct: false };
    // Where whoever signs in has a chance to see it.
    const place = random.pick(community.circles.friends[0]);
    const post = placed(community, { random, day: to - i, place, imageId }, () => draft);
    yield* asItCame(post, community, options);
  }
}

interface DayPost extends ReactedPost {
  line: CommunityLine;
}

function* asItCame(post: DayPost, community: Community, options: DaysOptions): Generator<CommunityLine> {
  const { at, place, line } = post;
  const { isHost } = community.members[place];
  if (at > options.until || (isHost && at > options.hostsUntil)) return;
  yield line;
  yield* reactionsTo(post, community, options);
}

function* postsOf(
  community: Community,
  authors: Choice<number>,
  day: number,
  { seed, perDay, shopUrl }: DaysOptions,
): Generator<DayPost> {
  const random = createRandom(seed * 1_000_003 + day);
  const writer = new PostWriter(random, community.goods, { seed, day, perDay, shopUrl });
  const level = (levelOf(day, 1) / USUAL_LEVEL) * (1 + random.gaussian() * NOISE);
  for (let count = Math.floor(perDay * level + random.next()); count > 0; count--) {
    const place = authors.pick(random);
    const author = community.members[place];
    yield placed(community, { random, day, place }, (setting) => writer.write(author, setting));
  }
}

interface Place {
  random: Random;
  day: number;
  /** Of the author. */
  place: number;
  imageId?: string;
}

/** A post at some time of the day, when its author is up. */
function placed(
  { members, circles }: Community,
  { random, day, place, imageId }: Place,
  draftOf: (setting: Setting) => Draft,
): DayPost {
  const author = members[place];
  const local = momentOfDay(random, day);
  const at = day * DAY_MS + local - author.offset * MINUTE_MS;
  const friends = circles.friends[place];
  const friend = friends.length === 0 ? undefined : members[random.pick(friends)];
  const draft = draftOf({ moment: momentOf(local, isWeekend(day)), friend });
  const id = timedId("post", at, random.next);
  return { id, at, place, draft, random: fork(random), line: postLine(id, author, draft, at, imageId) };
}

function fork(random: Random): Random {
  return createRandom(random.below(2 ** 32));
}

function momentOf(local: number, isFree: boolean): Moment {
  const hour = local / 3_600_000;
  if (hour >= 5 && hour < 10) return "morning";
  if (isFree) return "weekend";
  return hour >= 18 || hour < 2 ? "evening" : "any";
}

function postLine(
  id: string,
  author: Member,
  draft: Draft,
  at: number,
  imageId: string | undefined,
): CommunityLine {
  const { text, mentions, good, hasProduct } = draft;
  return {
    kind: "post",
    id,
    author: author.id,
    text,
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(good !== null && hasProduct ? { product_id: good.id } : {}),
    ...(imageId === undefined ? {} : { image_ids: [imageId] }),
    at: new Date(at).toISOString(),
  };
}
