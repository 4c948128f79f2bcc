import { Choice } from "../choice.ts";
import { createRandom, type Random } from "../random.ts";
import type { Member } from "./members.ts";

/** Two members by their places in the list; the first has asked. */
export type Pair = readonly [number, number];

export interface Circles {
  /** Friends of each member, by their places in the list. */
  friends: readonly (readonly number[])[];
  /** Each pair once. */
  pairs: readonly Pair[];
  requests: readonly Pair[];
  mutes: readonly Pair[];
  blocks: readonly Pair[];
}

export interface CirclesOptions {
  seed: number;
  /** Friends of a member on average. */
  friends: number;
  /** Friends of the first members, the hosts. */
  hostFriends: readonly number[];
}

const MAX_SHARE = 0.6;
const MAX_ASKED = 1_500;
const IN_CIRCLE = 0.7;
const HOST_REQUESTS = [9, 5, 3];

/**
 * Friendships in circles: most friends are near in one of two orders of all members (where one lives, what one does), the
 * others anywhere, the sociable ones more often. Few have very many friends. Same options, same circles.
 */
export function drawCircles(
  members: readonly Member[],
  { seed, friends, hostFriends }: CirclesOptions,
): Circles {
  const random = createRandom(seed ^ 0xc1ac1e);
  const graph = new Graph(members.length);
  const circle = new Circle(random, members, Math.max(8, friends / 2));
  const max = Math.min(MAX_ASKED, members.length * MAX_SHARE);
  for (const i of members.keys()) {
    const wanted = hostFriends[i] ?? Math.min(max, (friends / 2) * members[i].sociability);
    // Of what is over a whole number a chance; hosts have so many in all, others so many by their own doing.
    const count = Math.floor(wanted + random.next());
    for (let tries = count * 4; tries > 0 && graph.made(i) < count; tries--) graph.link(i, circle.near(i));
  }
  return { friends: graph.friends, pairs: graph.pairs, ...others(random, graph, circle, members.length) };
}

class Graph {
  readonly #known: Set<number>[];
  readonly #made: number[];
  readonly friends: number[][];
  readonly pairs: Pair[] = [];

  constructor(size: number) {
    this.#known = Array.from({ length: size }, () => new Set<number>());
    this.#made = Array.from({ length: size }, () => 0);
    this.friends = Array.from({ length: size }, () => []);
  }

  made(i: number): number {
    return this.#made[i];
  }

  /** `false` where the two know each other, or are one. */
  meet(i: number, j: number): boolean {
    if (i === j || this.#known[i].has(j)) return false;
    this.#known[i].add(j);
    this.#known[j].add(i);
    return true;
  }

  link(i: number, j: number): void {
    if (!this.meet(i, j)) return;
    this.#made[i]++;
    this.friends[i].push(j);
    this.friends[j].push(i);
    this.pairs.push([i, j]);
  }
}

/** Who is near whom. */
class Circle {
  readonly #random: Random;
  readonly #orders: readonly (readonly number[])[];
  readonly #places: readonly (readonly number[])[];
  readonly #width: number;
  readonly #anyone: Choice<number>;

  constructor(random: Random, members: readonly Member[], width: number) {
    const all = [...members.keys()];
    this.#random = random;
    this.#width = width;
    this.#orders = [random.shuffled(all), random.shuffled(all)];
    this.#places = this.#orders.map((order) => {
      const places = all.slice();
      for (const [place, i] of order.entries()) places[i] = place;
      return places;
    });
    this.#anyone = new Choice(all, (i) => members[i].sociability);
  }

  near(i: number): number {
    const random = this.#random;
    if (!random.chance(IN_CIRCLE)) return this.#anyone.pick(random);
    const which = random.chance(0.6) ? 0 : 1;
    const order = this.#orders[which];
    const distance = 1 + Math.floor(Math.abs(random.gaussian()) * this.#width);
    const place = this.#places[which][i] + (random.chance(0.5) ? distance : -distance);
    return order[(place + order.length * 2) % order.length];
  }

  stranger(): number {
    return this.#anyone.pick(this.#random);
  }
}

/** Askings that wait, and a few who do not want to see each other. */
function others(
  random: Random,
  graph: Graph,
  circle: Circle,
  size: number,
): Omit<Circles, "friends" | "pairs"> {
  const requests: Pair[] = [];
  const mutes: Pair[] = [];
  const blocks: Pair[] = [];
  const ask = (i: number, j: number): number => (graph.meet(i, j) ? requests.push([i, j]) : 0);
  for (const [host, count] of HOST_REQUESTS.entries()) {
    let asked = 0;
    for (let tries = 0; asked < count && tries < 100; tries++) if (ask(circle.near(host), host) > 0) asked++;
    ask(host, circle.near(host));
    const [friend] = graph.friends[host];
    if (friend !== undefined) mutes.push([host, friend]);
    const stranger = circle.stranger();
    if (graph.meet(host, stranger)) blocks.push([host, stranger]);
  }
  for (let i = size * 0.04; i > 0; i--) {
    const one = random.below(size);
    ask(one, circle.near(one));
    const other = circle.stranger();
    const apart = random.below(size);
    if (random.chance(0.2) && graph.meet(apart, other)) blocks.push([apart, other]);
  }
  return { requests, mutes, blocks };
}
