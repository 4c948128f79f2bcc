import { pickIndex, seeded } from "../random.ts";

const PEOPLE = 120;
const FRIENDS = 25;
const POSTS = 2_000;
const DAY_MS = 86_400_000;
const WORDS =
  "lamp chair brass oak linen morning light found again small kitchen garden warm blue paper".split(" ");

/** Lines for `/v1/admin/community`: people whom the readers are friends with, and what they have written. */
export function communityLines(readers: readonly string[], now: number): object[] {
  const random = seeded(11);
  const [begin, at] = [now - 300 * DAY_MS, (ms: number): string => new Date(ms).toISOString()];
  const people = Array.from({ length: PEOPLE }, (_, i) => `p-${i}`);
  const lines: object[] = people.map((id, i) => ({ kind: "person", id, name: `Person ${i}`, at: at(begin) }));
  const befriend = (from: string, to: string): number =>
    lines.push({ kind: "friendship", from, to, state: "friends", at: at(begin + DAY_MS) });
  for (const [i, from] of people.entries())
    for (let k = 1; k <= FRIENDS / 2; k++) befriend(from, people[(i + k * 7) % PEOPLE]);
  for (const [i, from] of readers.entries())
    for (let k = 0; k < FRIENDS * (i + 1); k++) befriend(from, people[(i * 11 + k) % PEOPLE]);
  for (let i = 0; i < POSTS; i++) {
    const author = pickIndex(random, PEOPLE);
    const postAt = begin + 2 * DAY_MS + Math.floor(i * ((297 * DAY_MS) / POSTS));
    const text = Array.from({ length: 20 }, () => WORDS[pickIndex(random, WORDS.length)]).join(" ");
    lines.push({ kind: "post", id: `post-${i}`, author: people[author], text, at: at(postAt) });
    const post = { post: `post-${i}`, post_at: at(postAt) };
    for (let k = 1; k <= pickIndex(random, 6); k++)
      lines.push({
        kind: "like",
        ...post,
        person: people[(author + k * 7) % PEOPLE],
        at: at(postAt + k * 1_000),
      });
    for (let k = 1; k <= pickIndex(random, 4); k++) {
      const by = people[(author + k * 7) % PEOPLE];
      const comment = {
        id: `c-${i}-${k}`,
        author: by,
        text: `Yes, ${WORDS[k]}!`,
        at: at(postAt + k * 2_000),
      };
      lines.push({ kind: "comment", ...post, ...comment });
    }
  }
  return lines;
}
