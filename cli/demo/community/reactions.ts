import type { Random } from "../random.ts";
import { Conversation } from "./compose-comment.ts";
import type { Draft, Subject } from "./compose-post.ts";
import type { Community } from "./community.ts";
import { timedId, type CommunityLine } from "./lines.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Nobody likes or comments later than so many days after a post. */
export const REACTION_DAYS = 3;

export interface ReactionLevels {
  /** Of a post on average, about. */
  likes: number;
  comments: number;
  /** Friends of an author on average. */
  friends: number;
}

/** How much more is liked and said than usual. */
const APPEAL: Readonly<Record<Subject, readonly [likes: number, comments: number]>> = {
  praise: [0.9, 0.9],
  thanks: [1.1, 0.7],
  question: [0.4, 1.7],
  link: [0.6, 0.6],
  picture: [2.2, 1],
  glad: [1.5, 1],
  weary: [0.9, 1],
  funny: [1.8, 1],
  plan: [0.7, 1.3],
  asking: [0.5, 1.9],
  low: [1.2, 1.8],
};

export interface ReactedPost {
  id: string;
  at: number;
  /** Of its author. */
  place: number;
  draft: Draft;
  /** Of its own, so that what a post gets does not change the posts behind it. */
  random: Random;
}

interface Until {
  until: number;
  hostsUntil: number;
}

/** Likes and comments of the author's friends, as far as they have come by `until`. */
export function* reactionsTo(
  post: ReactedPost,
  { members, circles, goods }: Community,
  { until, hostsUntil, ...levels }: ReactionLevels & Until,
): Generator<CommunityLine> {
  const { place, draft, random } = post;
  const muted = circles.mutes.flatMap(([one, other]) => (one === place ? other : other === place ? one : []));
  const friends = circles.friends[place].filter((friend) => !muted.includes(friend));
  const [liked, said] = APPEAL[draft.subject];
  // Some posts take off, most do not: a lognormal of mean 1.
  const luck = Math.exp(random.gaussian() * 0.7 - 0.245) * (friends.length / levels.friends) ** 0.7;
  const crowd = shuffledHead(random, friends, Math.min(friends.length * 0.8, levels.likes * liked * luck));
  const mayAct = (who: number, at: number): boolean => at <= (members[who].isHost ? hostsUntil : until);
  for (const who of crowd) {
    const at = momentAfter(random, post.at, members[who].offset);
    if (mayAct(who, at))
      yield { kind: "like", post: post.id, person: members[who].id, at: new Date(at).toISOString() };
  }
  const talkers = shuffledHead(
    random,
    friends,
    Math.min(friends.length * 0.5, levels.comments * said * luck),
  );
  const times = talkers.map((who) => momentAfter(random, post.at, members[who].offset)).sort((a, b) => a - b);
  const conversation = new Conversation(random, goods, draft);
  for (const [i, who] of talkers.entries()) {
    const written = conversation.comment();
    const reply = random.chance(0.22) ? conversation.reply(members[who]) : null;
    const at = times[i];
    const id = timedId("comment", at, random.next);
    const isSaid = written !== null && mayAct(who, at);
    if (isSaid) yield comment(id, post, members[who].id, written, at);
    const answeredAt = at + (2 + random.below(90)) * MINUTE_MS;
    const replyId = timedId("comment", answeredAt, random.next);
    if (reply !== null && isSaid && mayAct(place, answeredAt))
      yield comment(replyId, post, members[place].id, reply, answeredAt);
  }
}

function comment(
  id: string,
  post: ReactedPost,
  author: string,
  { text, mentions }: Pick<Draft, "text" | "mentions">,
  at: number,
): CommunityLine {
  const named = mentions.length > 0 ? { mentions } : {};
  return { kind: "comment", id, post: post.id, author, text, ...named, at: new Date(at).toISOString() };
}

/** So many of them, none twice; of what is over a whole number a chance. */
function shuffledHead(random: Random, items: readonly number[], wanted: number): number[] {
  const count = Math.min(items.length, Math.floor(wanted + random.next()));
  if (count * 4 > items.length) return random.shuffled(items).slice(0, count);
  const taken = new Set<number>();
  while (taken.size < count) taken.add(items[random.below(items.length)]);
  return [...taken];
}

/** Half within a quarter of an hour, a few the days after; not at night where they live. */
function momentAfter(random: Random, at: number, offset: number): number {
  const delay = 12 * MINUTE_MS * (1 / (random.next() + 0.001) - 0.9) ** 1.1;
  const moment = at + Math.min(delay, (REACTION_DAYS - 1) * DAY_MS) + random.below(MINUTE_MS);
  const hour = ((moment + offset * MINUTE_MS) % DAY_MS) / HOUR_MS;
  if (hour < 1 || hour >= 6) return Math.floor(moment);
  return Math.floor(moment + (6 - hour + random.next() * 2.5) * HOUR_MS);
}
