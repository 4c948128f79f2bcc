import type { SimulatedJob } from "../simulate.ts";
import { CIRCLES } from "../template.ts";
import type { Person } from "../template.ts";
import type { Reply, World } from "../world.ts";
import { FeedStates } from "./feed-states.ts";
import type { State } from "./feed-states.ts";

interface Page {
  items: { id: string; author: { id: string } }[];
  next_cursor: string | null;
}

/** One program of a person: it sends the tokens of its last answers. */
interface Device {
  person: Person;
  tokens: string[];
  /** The state of the person's feed after the last write that it was told of. */
  known: number;
}

const DEVICES = 2;
const KEPT_TOKENS = 16;
/** A kept page may answer for 5 s, by clocks that are each up to 20 s off. */
const KEPT_MS = 5_000;
const SKEW_MS = 40_000;
/** While the database does not answer, and the answer says so. */
const LAST_RESORT_MS = 300_000;
const SLACK_MS = 500;
const PAGE = 20;

/** Friends' posts: six people in two circles that know nothing of each other. */
export class FeedJob implements SimulatedJob {
  readonly #world: World;
  readonly #devices: Device[];
  readonly #states: FeedStates;
  readonly #posts: { id: string; author: Person }[] = [];
  readonly #deleted = new Set<string>();
  /** Who likes what, as far as it is known: `null` while it is not. */
  readonly #likes = new Map<string, boolean | null>();

  constructor(world: World) {
    this.#world = world;
    this.#devices = world.cast.people.flatMap((person) =>
      Array.from({ length: DEVICES }, (): Device => ({ person, tokens: [], known: 0 })),
    );
    this.#states = new FeedStates(world);
    world.observers.push((what) => {
      if (/posts|friendships|hidings/.test(what)) this.#states.record();
      if (/likes|comments/.test(what)) this.#checkCounts();
    });
    for (const id of ["ann", "dan", "eve"])
      world.queue.send({ id: `build_${id}`, kind: "feed.build", payload: { reader: id } });
  }

  act(): void {
    const { random } = this.#world.kernel;
    const device = this.#world.pick(this.#devices);
    const dice = random.next();
    if (dice < 0.4) this.#world.begin(() => this.#read(device));
    else if (dice < 0.5) this.#world.begin(() => this.#scroll(device));
    else this.#world.begin(() => this.#write(device));
  }

  async #ask(device: Device, path: string, init: RequestInit = {}): Promise<Reply | null> {
    const { person, tokens } = device;
    const headers: Record<string, string> = { authorization: person.authorization };
    if (tokens.length > 0) headers["consistency-token"] = tokens.join(", ");
    if (init.body !== undefined) headers["content-type"] = "application/json";
    const reply = await this.#world.request(path, { ...init, headers });
    const token = reply?.headers.get("consistency-token") ?? null;
    // Others may have been answered meanwhile.
    const others = device.tokens.filter((one) => one !== token);
    if (token !== null) device.tokens = [...others, token].slice(-KEPT_TOKENS);
    return reply;
  }

  async #read(device: Device): Promise<void> {
    const { person, known } = device;
    const begun = this.#world.now;
    const reply = await this.#ask(device, `/v1/feed?limit=${PAGE}`);
    if (!this.#isPage(reply)) return;
    const oldest = begun - this.#keptMs(isStale(reply));
    const ids = this.#idsOf(person, reply);
    const isOf = ({ ids: seen }: State): boolean => seen.slice(0, PAGE).join() === ids.join();
    if (this.#states.since(person, oldest, known).some(isOf)) return;
    const about = [person.id, ...ids.slice(0, 2)];
    const shown = `${person.id} is shown ${ids.join(" ")}`;
    if (this.#states.since(person, oldest).some(isOf))
      this.#world.violate("what one has written one sees", `${shown}, from before an own write`, about);
    else if (this.#states.of(person).some(isOf))
      this.#world.violate("a kept page is seconds old", `${shown}, of long ago`, about);
    else this.#world.violate("a page is of one state", `${shown}, which was never so`, about);
  }

  #keptMs(isStale: boolean): number {
    const skewMs = this.#world.faults.clockJump > 0 ? SKEW_MS : 0;
    return (isStale ? LAST_RESORT_MS : KEPT_MS) + SLACK_MS + skewMs;
  }

  #isPage(reply: Reply | null): reply is Reply {
    if (reply === null || reply.status === 503) return false;
    if (reply.status === 200) return true;
    this.#world.violate("feeds are answered", `${reply.status} ${reply.text}`);
    return false;
  }

  #idsOf(person: Person, reply: Reply): string[] {
    const { items } = reply.json as Page;
    const foreign = items.find(({ author }) => !CIRCLES[person.circle].includes(author.id));
    if (foreign !== undefined) {
      const detail = `${person.id} is shown a post of ${foreign.author.id}, whom they do not know`;
      this.#world.violate("nobody gets another's page", detail, [person.id, foreign.id]);
    }
    return items.map(({ id }) => id);
  }

  /** To the end, while others write: what is seen all the while comes once. */
  async #scroll(device: Device): Promise<void> {
    const { person } = device;
    const begun = this.#world.now;
    const read: string[] = [];
    let isAnyStale = false;
    for (let cursor: string | null = ""; cursor !== null;) {
      const after: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const reply = await this.#ask(device, `/v1/feed?limit=3${after}`);
      if (!this.#isPage(reply)) return;
      isAnyStale ||= isStale(reply);
      read.push(...this.#idsOf(person, reply));
      cursor = (reply.json as Page).next_cursor;
    }
    const states = this.#states
      .since(person, begun - this.#keptMs(isAnyStale))
      .map(({ ids }) => new Set(ids));
    const [first] = states;
    const always = [...first].filter((id) => states.every((state) => state.has(id)));
    const missed = always.filter((id) => !read.includes(id));
    const about = [person.id, ...missed];
    if (new Set(read).size < read.length)
      this.#world.violate("each post comes once", `${person.id} reads ${read.join(" ")}`, about);
    if (missed.length > 0)
      this.#world.violate("each post comes once", `${person.id} never reads ${missed.join(" ")}`, about);
  }

  async #write(device: Device): Promise<void> {
    const { person } = device;
    const { random } = this.#world.kernel;
    const others = CIRCLES[person.circle].filter((one) => one !== person.id);
    const near = this.#posts.filter(({ author }) => author.circle === person.circle).slice(-8);
    const dice = random.next();
    if (dice < 0.35 || near.length === 0) return this.#post(device);
    const post = this.#world.pick(near);
    if (dice < 0.6) return this.#like(device, post.id);
    if (dice < 0.7) return this.#say(device, "POST", `/v1/posts/${post.id}/comments`, { text: "Indeed" });
    if (dice < 0.78) return this.#delete(device, post);
    const other = this.#world.pick(others);
    if (dice < 0.83) return this.#quarrel(device, other);
    const [method, what] = this.#world.pick([
      ["PUT", "mutes"],
      ["DELETE", "mutes"],
      ["DELETE", "mutes"],
      ["DELETE", "friends"],
      ["PUT", "friends"],
      ["PUT", "friends"],
      ["PUT", "friends"],
    ]);
    return this.#say(device, method, `/v1/${what}/${other}`);
  }

  /** And friends again. */
  async #quarrel(device: Device, other: string): Promise<void> {
    const others = this.#devices.find(({ person }) => person.id === other) ?? device;
    await this.#say(device, "DELETE", `/v1/friends/${other}`);
    await this.#say(device, "PUT", `/v1/friends/${other}`);
    await this.#say(others, "PUT", `/v1/friends/${device.person.id}`);
  }

  async #say(device: Device, method: string, path: string, body?: object): Promise<void> {
    const reply = await this.#ask(device, path, { method, ...(body && { body: JSON.stringify(body) }) });
    this.#learn(device, reply);
  }

  /** What it was told is done, each page from now on shows. */
  #learn(device: Device, reply: Reply | null): void {
    if (reply === null || reply.status === 503) return;
    const seq = Number.parseInt(reply.headers.get("consistency-token") ?? "0", 10);
    device.known = Math.max(device.known, this.#states.ofWrite(device.person, seq));
  }

  async #post(device: Device): Promise<void> {
    const text = `Post ${this.#world.kernel.random.below(1e9)}`;
    const reply = await this.#ask(device, "/v1/posts", { method: "POST", body: JSON.stringify({ text }) });
    this.#learn(device, reply);
    if (reply?.status === 201)
      this.#posts.push({ id: (reply.json as { id: string }).id, author: device.person });
  }

  async #like(device: Device, post: string): Promise<void> {
    const key = `${device.person.id} ${post}`;
    if (this.#likes.get(key) === null) return;
    const wants = this.#world.kernel.random.chance(0.6);
    this.#likes.set(key, null);
    const reply = await this.#ask(device, `/v1/posts/${post}/like`, { method: wants ? "PUT" : "DELETE" });
    this.#learn(device, reply);
    if (reply === null || reply.status === 503) return;
    if (reply.status < 300) this.#likes.set(key, wants);
    else this.#likes.delete(key);
  }

  async #delete(device: Device, post: { id: string; author: Person }): Promise<void> {
    if (post.author !== device.person) return;
    const reply = await this.#ask(device, `/v1/posts/${post.id}`, { method: "DELETE" });
    this.#learn(device, reply);
    this.#deleted.add(post.id);
  }

  async settled(): Promise<void> {
    this.#checkRows();
    for (const { id } of this.#world.cast.people) await this.#checkTimeline(id);
    for (const device of this.#devices) await this.#read(device);
    for (const device of this.#devices.slice(0, 4)) await this.#scroll(device);
  }

  #checkRows(): void {
    const there = new Set(
      this.#world.rows<{ id: string }>("SELECT id FROM posts WHERE deleted_at IS NULL").map(({ id }) => id),
    );
    const lost = this.#posts.find(({ id }) => !there.has(id) && !this.#deleted.has(id));
    if (lost !== undefined) this.#world.violate("a write that was answered is there", lost.id, [lost.id]);
    for (const [key, liked] of this.#likes) this.#checkLike(key, liked);
    const left = this.#world.rows<{ id: string }>(
      `SELECT 'pending ' || post_id AS id FROM pending_posts
        UNION ALL SELECT 'pull of ' || author_id || ' by ' || reader_id FROM timeline_pulls`,
    );
    if (left.length > 0)
      this.#world.violate("timelines are gathered in the end", left[0].id, [left[0].id.split(" ")[1]]);
  }

  /** At any time: a count changes with what it counts. */
  #checkCounts(): void {
    const wrong = this.#world.rows<{ id: string }>(
      `SELECT id FROM posts p WHERE like_count <> (SELECT count(*) FROM likes l WHERE l.post_id = p.id)
        OR comment_count <> (SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.deleted_at IS NULL)`,
    );
    if (wrong.length > 0) this.#world.violate("counts equal a recount", wrong[0].id, [wrong[0].id]);
  }

  #checkLike(key: string, liked: boolean | null): void {
    const [person, post] = key.split(" ");
    const rows = this.#world.rows("SELECT 1 FROM likes WHERE user_id = ? AND post_id = ?", [person, post]);
    const isWrong = liked !== null && liked !== rows.length > 0;
    if (isWrong) this.#world.violate("a write that was answered is there", `the like of ${key}`, [post]);
  }

  /** A page by timeline is the page by index. */
  async #checkTimeline(viewer: string): Promise<void> {
    const { subject, database } = this.#world;
    const db = subject.openDatabase(() => database, subject.newReceipt());
    const page = { viewer, after: null, limit: 100 };
    const [byTimeline, byIndex] = [
      await subject.readFeed(db, page, subject.byTimeline),
      await subject.readFeed(db, page, subject.byIndex),
    ].map(({ posts }) => posts.map(({ id }) => id).join(" "));
    const detail = `${viewer}: ${byTimeline} by timeline, ${byIndex} by index`;
    if (byTimeline !== byIndex) this.#world.violate("timelines equal the index", detail, [viewer]);
    const wanted = this.#states.visibleTo(viewer).slice(0, 100).join(" ");
    if (byIndex !== wanted)
      this.#world.violate("timelines equal the index", `${viewer}: not ${wanted}`, [viewer]);
  }
}

function isStale({ headers }: Reply): boolean {
  return headers.has("warning");
}
