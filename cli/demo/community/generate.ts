import type { WireProduct } from "../wire-product.ts";
import { drawCircles, type Pair } from "./circles.ts";
import type { Community } from "./community.ts";
import { DAY_MS, generateDays, generatePictures, type DaysOptions } from "./days.ts";
import { Goods } from "./goods.ts";
import { createRandom } from "../random.ts";
import type { CommunityLine } from "./lines.ts";
import { generateMembers } from "./members.ts";
import { REACTION_DAYS } from "./reactions.ts";
import type { Named } from "./writer.ts";

/** How large a community is; numbers are those of an average season. */
export interface CommunitySize {
  people: number;
  posts: number;
  days: number;
  /** On average: of a person, and of a post. */
  friends: number;
  likes: number;
  comments: number;
  /** Of those who may sign in. */
  hostFriends: readonly number[];
  pictures: number;
}

export const SMALL: CommunitySize = {
  people: 200,
  posts: 2_120,
  days: 120,
  friends: 24,
  likes: 4.6,
  comments: 1.9,
  hostFriends: [90, 46, 28],
  pictures: 10,
};

export const FULL: CommunitySize = {
  people: 20_000,
  posts: 207_500,
  days: 180,
  friends: 50,
  likes: 5.33,
  comments: 2.06,
  hostFriends: [300, 140, 60],
  pictures: 40,
};

export interface CommunityOptions {
  size: CommunitySize;
  seed: number;
  hosts: readonly Named[];
  /** What people write about. */
  products: readonly WireProduct[];
}

/** Same options, same community; a day of another seed has other ids. */
export function drawCommunity({ size, seed, hosts, products }: CommunityOptions): Community {
  const goods = new Goods(products);
  const members = generateMembers({ count: size.people, seed, hosts, tops: goods.tops });
  return { goods, members, circles: drawCircles(members, { seed, ...size }) };
}

export interface Beginning {
  seed: number;
  /** Until when all this has come about, in milliseconds since the epoch. */
  until: number;
  /** Of a member, by their place. */
  avatarOf: (place: number) => string | null;
}

/** Everybody but the hosts, who have accounts. */
export function* peopleLines(
  { members }: Community,
  { seed, until, avatarOf }: Beginning,
): Generator<CommunityLine> {
  const ago = momentsAgo(seed ^ 0xa9e, until);
  for (const [place, { id, name, isHost }] of members.entries()) {
    const avatar = avatarOf(place);
    const picture = avatar === null ? {} : { avatar_url: avatar };
    if (!isHost) yield { kind: "person", id, name, ...picture, at: ago(200, 800) };
  }
}

export function* friendshipLines(
  { members, circles }: Community,
  { seed, until }: Beginning,
): Generator<CommunityLine> {
  const ago = momentsAgo(seed ^ 0xa9f, until);
  const line = ([from, to]: Pair, state: "friends" | "asked", at: string): CommunityLine => {
    return { kind: "friendship", from: members[from].id, to: members[to].id, state, at };
  };
  for (const pair of circles.pairs) yield line(pair, "friends", ago(0, 600));
  for (const pair of circles.requests) yield line(pair, "asked", ago(0, 20));
}

export function* hidingLines(
  { members, circles }: Community,
  { seed, until }: Beginning,
): Generator<CommunityLine> {
  const ago = momentsAgo(seed ^ 0xaa0, until);
  for (const type of ["mute", "block"] as const) {
    const pairs = type === "mute" ? circles.mutes : circles.blocks;
    for (const [from, to] of pairs)
      yield { kind: "hiding", from: members[from].id, to: members[to].id, type, at: ago(0, 90) };
  }
}

/** Moments between so many days before `until`. */
function momentsAgo(seed: number, until: number): (least: number, most: number) => string {
  const random = createRandom(seed);
  return (least, most) => {
    const days = least + random.next() * (most - least);
    return new Date(until - Math.floor(days * DAY_MS)).toISOString();
  };
}

/** The days that are to be there by `until`, without those before `since`, for which nothing can come any more. */
export function dayRange(
  { days }: CommunitySize,
  until: number,
  since: number | null,
): { from: number; to: number } {
  const to = Math.floor(until / DAY_MS) + 1;
  const from = to - days;
  return { to, from: since === null ? from : Math.max(from, since - REACTION_DAYS - 1) };
}

type Days = Pick<DaysOptions, "seed" | "from" | "to" | "until" | "shopUrl" | "hostsUntil">;

export function postLines(community: Community, size: CommunitySize, days: Days): Generator<CommunityLine> {
  return generateDays(community, { ...size, ...days, perDay: size.posts / size.days });
}

/** A post for each of these pictures, which are there. */
export function pictureLines(
  community: Community,
  size: CommunitySize,
  { imageIds, ...days }: Days & { imageIds: readonly string[] },
): Generator<CommunityLine> {
  return generatePictures(community, imageIds, { ...size, ...days, perDay: 1 });
}

/** The id of the first post of a day, to ask whether it is there. */
export function firstPostOf(
  community: Community,
  size: CommunitySize,
  day: number,
  options: { seed: number; shopUrl: string },
): string | null {
  const range = {
    from: day,
    to: day,
    until: Number.MAX_SAFE_INTEGER,
    hostsUntil: 0,
  };
  for (const line of postLines(community, size, { ...options, ...range }))
    if (line.kind === "post") return line.id;
  return null;
}
