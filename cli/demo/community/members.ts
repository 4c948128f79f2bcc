import { generateDemoUsers } from "../people/generate.ts";
import { createRandom } from "../random.ts";
import { personId } from "./lines.ts";
import type { Named } from "./writer.ts";

/** Who takes part in the demo's community. */
export interface Member extends Named {
  /** Minutes east of UTC where they live. */
  offset: number;
  /** Top categories of the shop. */
  interests: readonly string[];
  /** How often they write. */
  chattiness: number;
  /** How many friends they tend to have; 1 on average, heavy-tailed. */
  sociability: number;
  /** An account of the demo that somebody may sign in to. */
  isHost: boolean;
}

export interface MembersOptions {
  /** With the hosts. */
  count: number;
  seed: number;
  /** People who may sign in: they are the first members. */
  hosts: readonly Named[];
  /** Top categories to be interested in. */
  tops: readonly string[];
}

/** A Pareto tail: the mean of `(1 - share) * u ** -share` is 1. */
const TAIL = 0.6;

/** The same options give the same people; a larger count begins with those of a smaller one. */
export function generateMembers({ count, seed, hosts, tops }: MembersOptions): Member[] {
  const random = createRandom(seed ^ 0xc0ffee);
  const users = generateDemoUsers({ count: count - hosts.length, seed: seed + 11 });
  const drawn = () => ({
    interests: random.shuffled(tops).slice(0, 2 + random.below(3)),
    chattiness: 0.4 / (random.next() + 0.08),
    sociability: (1 - TAIL) * (random.next() + 1e-5) ** -TAIL,
  });
  const home = { offset: 60, isHost: true };
  return [
    ...hosts.map(({ id, name }) => ({ id, name, ...drawn(), ...home, chattiness: 1 })),
    ...users.map(({ name, offset }) => ({
      id: personId(random.next),
      name,
      offset,
      ...drawn(),
      isHost: false,
    })),
  ];
}
