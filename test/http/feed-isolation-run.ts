import type { FeedClient, OwnWrite } from "./feed-isolation-client.ts";
import type { Json, Verdict } from "./feed-isolation-oracle.ts";
import { circleOf, IsolationWorld } from "./feed-isolation-world.ts";
import type { WorldOptions } from "./feed-isolation-world.ts";

const MAX_UNDER_WAY = 3;
const MAX_AGE_MS = 5_000;
const GARBAGE = ["", "0", "99.aaaaaaaaaaaa", "999999999999999.", "null"];

export interface Run extends WorldOptions {
  reads: number;
  /** Ends with the first wrong answer. */
  stopsAtFirst?: boolean;
}

export type Tally = Record<Verdict | "unshown" | "reads" | "hits" | "writes", number>;

interface Act {
  method: string;
  path: string;
  body?: object;
  isShown(page: Json): boolean;
}

/** People read and write from several devices at once, until so many reads have been judged. */
export async function simulate({ reads, stopsAtFirst, ...options }: Run): Promise<Tally> {
  const world = await IsolationWorld.open(options);
  const simulation = new Simulation(world);
  try {
    return await simulation.run(reads, stopsAtFirst === true);
  } finally {
    world.close();
  }
}

/** Answers that must not be. */
export function wrongOf({ foreign, old, late, unknown, unshown }: Tally): number {
  return foreign + old + late + unknown + unshown;
}

class Simulation {
  readonly #world: IsolationWorld;
  readonly #tally: Tally = {
    right: 0,
    foreign: 0,
    old: 0,
    late: 0,
    unknown: 0,
    unshown: 0,
    reads: 0,
    hits: 0,
    writes: 0,
  };
  readonly #posts: { id: string; author: string }[] = [];
  #failure: unknown = null;

  constructor(world: IsolationWorld) {
    this.#world = world;
  }

  async run(reads: number, stopsAtFirst: boolean): Promise<Tally> {
    const { turns } = this.#world;
    const isDone = () => this.#tally.reads >= reads || (stopsAtFirst && wrongOf(this.#tally) > 0);
    while (!isDone()) {
      this.#begin();
      const steps = Math.floor(this.#world.random() * 8);
      for (let i = 0; i < steps; i++) await turns.step();
      if (this.#failure !== null) throw this.#failure;
    }
    while (await turns.step());
    if (this.#failure !== null) throw this.#failure;
    return this.#tally;
  }

  #begin(): void {
    const { random, clients, platform } = this.#world;
    const dice = random();
    if (dice < 0.1) platform.clock.advance(random() < 0.9 ? random() * 1_500 : random() * 100_000);
    else if (dice < 0.12) this.#world.upset();
    const client = this.#world.pick(clients);
    if (client.underWay >= MAX_UNDER_WAY) return;
    client.underWay++;
    const done = dice < 0.8 ? this.#read(client) : this.#write(client);
    done.catch((error: unknown) => (this.#failure ??= error)).finally(() => client.underWay--);
  }

  async #read(client: FeedClient): Promise<void> {
    const { oracle, platform } = this.#world;
    const { lastCommit, lastWrite } = client;
    const { headers, isFresh } = this.#readHeaders(client);
    const sinceCommit = isFresh ? Math.max(lastCommit, oracle.commit) : lastCommit;
    const sinceMs = platform.clock.now() - MAX_AGE_MS;
    const { response } = await this.#world.ask(client.user, "/v1/feed", { headers });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`Not read: ${response.status} ${body}`);
    client.take(response);
    this.#tally.reads++;
    if (response.headers.get("server-timing")?.includes('cache;desc="hit"')) this.#tally.hits++;
    this.#tally[oracle.judge({ viewer: client.user, body, sinceCommit, sinceMs })]++;
    if (!this.#shows(client, body, lastWrite)) this.#tally.unshown++;
  }

  /** What the client was told it had written, by itself: unless the person has written anything since. */
  #shows({ user }: FeedClient, body: string, lastWrite: OwnWrite | null): boolean {
    if (lastWrite === null || this.#world.oracle.lastOf(user) !== lastWrite.commit) return true;
    return lastWrite.isShown(JSON.parse(body) as Json);
  }

  #readHeaders(client: FeedClient): { headers: Record<string, string>; isFresh: boolean } {
    const { clients, pick } = { clients: this.#world.clients, pick: this.#world.pick.bind(this.#world) };
    const foreign = () => pick(clients.filter(({ user }) => user !== client.user)).tokens;
    const dice = this.#world.random();
    if (dice < 0.05) return { headers: client.credential, isFresh: true };
    if (dice < 0.1) return { headers: { ...client.headers(), "cache-control": "no-cache" }, isFresh: true };
    if (dice < 0.15) {
      const given = foreign();
      const token: Record<string, string> = given.length === 0 ? {} : { "consistency-token": given.join() };
      return { headers: { ...client.credential, ...token }, isFresh: true };
    }
    if (dice < 0.2) return { headers: client.headers([...foreign(), pick(GARBAGE)]), isFresh: false };
    return { headers: client.headers(), isFresh: client.tokens.length === 0 };
  }

  async #write(client: FeedClient): Promise<void> {
    const act = this.#act(client.user);
    const { method, path, body } = act;
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const init = { method, headers: { ...client.headers(), ...type } };
    const sent = body === undefined ? init : { ...init, body: JSON.stringify(body) };
    const { response, commit } = await this.#world.ask(client.user, path, sent);
    if (commit === null) throw new Error(`Not counted: ${method} ${path} ${response.status}`);
    const made = response.status === 201 ? ((await response.json()) as { id: string }) : null;
    if (made !== null && path === "/v1/posts") this.#posts.push({ id: made.id, author: client.user });
    client.take(response);
    this.#tally.writes++;
    if (commit < client.lastCommit) return;
    client.lastCommit = commit;
    const isShown =
      made !== null && path === "/v1/posts" ? (page: Json) => hasPost(page, made.id) : act.isShown;
    client.lastWrite = response.ok ? { commit, isShown } : null;
  }

  #act(user: string): Act {
    const { random, pick } = { random: this.#world.random, pick: this.#world.pick.bind(this.#world) };
    const others = circleOf(user).filter((one) => one !== user);
    const recent = this.#posts.filter(({ author }) => circleOf(user).includes(author)).slice(-8);
    const dice = random();
    if (dice < 0.3 || recent.length === 0)
      return { method: "POST", path: "/v1/posts", body: { text: `Hello ${random()}` }, isShown: () => true };
    const { id } = pick(recent);
    if (dice < 0.6) return likeOf(id, random() < 0.6);
    const other = pick(others);
    if (dice < 0.75) return commentOn(id, random());
    if (dice < 0.82)
      return { method: "DELETE", path: `/v1/posts/${id}`, isShown: (page) => !hasPost(page, id) };
    const without = (page: Json) => page.items.every(({ author }) => author.id !== other);
    if (dice < 0.85) return { method: "PUT", path: `/v1/mutes/${other}`, isShown: without };
    if (dice < 0.92) return { method: "DELETE", path: `/v1/mutes/${other}`, isShown: () => true };
    if (dice < 0.94) return { method: "DELETE", path: `/v1/friends/${other}`, isShown: without };
    return { method: "PUT", path: `/v1/friends/${other}`, isShown: () => true };
  }
}

function hasPost({ items }: Json, id: string): boolean {
  return items.some((post) => post.id === id);
}

function likeOf(id: string, liked: boolean): Act {
  const isShown = ({ items }: Json) => items.every((post) => post.id !== id || post.liked === liked);
  return { method: liked ? "PUT" : "DELETE", path: `/v1/posts/${id}/like`, isShown };
}

/** Others may have written two since. */
function commentOn(id: string, mark: number): Act {
  const text = `I think ${mark}`;
  const isShown = ({ items }: Json) =>
    items.every(
      (post) =>
        post.id !== id || post.comments.length === 2 || post.comments.some((one) => one.text === text),
    );
  return { method: "POST", path: `/v1/posts/${id}/comments`, body: { text }, isShown };
}
