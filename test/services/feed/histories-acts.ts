import { AppError } from "../../../src/domain/errors.ts";
import { createPost } from "../../../src/db/queries/posts.ts";
import { dropUnread, trimTimelines } from "../../../src/db/queries/timelines.ts";
import { buildTimeline } from "../../../src/services/feed/timeline-jobs.ts";
import type { TimelineSettings } from "../../../src/services/feed/timeline-settings.ts";
import { askFriend, endFriendship } from "../../../src/services/friends/friendships.ts";
import { hidePerson, unhidePerson } from "../../../src/services/friends/hidings.ts";
import { createComment, deleteComment } from "../../../src/services/posts/comments.ts";
import { setLike } from "../../../src/services/posts/likes.ts";
import { deletePost } from "../../../src/services/posts/posts.ts";
import type { Random } from "../../index/random.ts";
import type { SmallWorld, Worlds } from "./small-world.ts";

/** What happens in a world, at random. */
export class Acts {
  readonly #worlds: Worlds;
  readonly #world: SmallWorld;
  readonly #random: Random;
  readonly #settings: TimelineSettings;
  readonly #posts: string[] = [];
  readonly #comments: { id: string; author: string }[] = [];
  #time = 1_000;
  done = 0;

  constructor(worlds: Worlds, world: SmallWorld, random: Random, settings: TimelineSettings) {
    this.#worlds = worlds;
    this.#world = world;
    this.#random = random;
    this.#settings = settings;
  }

  async begin(): Promise<void> {
    for (let i = 0; i < 14; i++) await this.#befriend();
    const posts = 5 + this.#random.below(30);
    for (let i = 0; i < posts; i++) await this.#post();
    await this.#build();
  }

  async act(): Promise<void> {
    const some = [
      this.#post,
      this.#post,
      this.#postLate,
      this.#delete,
      this.#delete,
      this.#befriend,
      this.#befriend,
      this.#unfriend,
      this.#remake,
      this.#hide,
      this.#unhide,
      this.#like,
      this.#comment,
      this.#build,
      this.#build,
      this.#shorten,
      this.#drop,
    ];
    this.#worlds.clock.advance(this.#random.below(3));
    await this.#random.pick(some).call(this);
    this.done++;
  }

  async #post(): Promise<void> {
    this.#time += this.#random.below(3);
    await this.#write(this.#time);
  }

  /** With an id of some time ago, as of a slow request or a slow clock. */
  async #postLate(): Promise<void> {
    await this.#write(this.#time - this.#random.below(10));
  }

  async #write(time: number): Promise<void> {
    const authorId = this.#random.pick(this.#world.people);
    const tail = this.#random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
    const id = `post_${time.toString(16).padStart(12, "0")}${tail}-${authorId}`;
    const nothing = { entities: [], mentioned: [], productId: null, imageIds: [] };
    const post = {
      id,
      authorId,
      text: "Hi",
      ...nothing,
      now: this.#worlds.clock.now(),
      jobId: `job-${id}`,
      origin: null,
    };
    const { created } = await createPost(this.#worlds.db, post);
    if (created !== null) this.#posts.push(id);
  }

  async #delete(): Promise<void> {
    const id = this.#somePost();
    const author = id?.slice(id.indexOf("-") + 1);
    if (id !== undefined && author !== undefined) await deletePost(this.#world.as(author), id);
  }

  #somePost(): string | undefined {
    return this.#posts.length === 0 ? undefined : this.#random.pick(this.#posts);
  }

  #pair(): [string, string] {
    const one = this.#random.pick(this.#world.people);
    return [one, this.#random.pick(this.#world.people.filter((person) => person !== one))];
  }

  /** Who blocks, is there no more for whom they block: that is refused. */
  async #befriend(): Promise<void> {
    const [one, other] = this.#pair();
    await mayBeRefused(askFriend(this.#world.as(one), other));
    if (this.#random.chance(0.8)) await mayBeRefused(askFriend(this.#world.as(other), one));
  }

  async #unfriend(): Promise<void> {
    const [one, other] = this.#pair();
    await mayBeRefused(endFriendship(this.#world.as(one), other));
  }

  /** Ends a friendship, and makes it again. */
  async #remake(): Promise<void> {
    const [one, other] = this.#pair();
    await mayBeRefused(endFriendship(this.#world.as(one), other));
    this.#worlds.clock.advance(this.#random.below(2));
    await mayBeRefused(askFriend(this.#world.as(one), other));
    await mayBeRefused(askFriend(this.#world.as(other), one));
  }

  async #hide(): Promise<void> {
    const [one, user] = this.#pair();
    const kind = this.#random.pick(["mute", "mute", "block"] as const);
    await mayBeRefused(hidePerson(this.#world.as(one), { kind, user }));
  }

  async #unhide(): Promise<void> {
    const [one, user] = this.#pair();
    const kind = this.#random.pick(["mute", "block"] as const);
    await mayBeRefused(unhidePerson(this.#world.as(one), { kind, user }));
  }

  async #like(): Promise<void> {
    const id = this.#somePost();
    const ctx = this.#world.as(this.#random.pick(this.#world.people));
    if (id !== undefined) await mayBeRefused(setLike(ctx, { id, liked: this.#random.chance(0.7) }));
  }

  async #comment(): Promise<void> {
    const author = this.#random.pick(this.#world.people);
    const gone = this.#random.chance(0.3) ? this.#comments.at(-1) : undefined;
    if (gone !== undefined) return mayBeRefused(deleteComment(this.#world.as(gone.author), gone.id));
    const postId = this.#somePost();
    if (postId === undefined) return;
    const written = createComment(this.#world.as(author), { postId, text: "Hi", mentions: [] });
    await mayBeRefused(written.then(({ id }) => void this.#comments.push({ id, author })));
  }

  async #build(): Promise<void> {
    const [viewer] = this.#world.people;
    const reader = this.#random.chance(0.5) ? viewer : this.#random.pick(this.#world.people);
    await buildTimeline({ db: this.#worlds.db, clock: this.#worlds.clock }, reader, this.#settings);
  }

  async #shorten(): Promise<void> {
    const bounds = { keep: this.#settings.keep, timelines: 3, rows: 3, now: this.#worlds.clock.now() };
    await trimTimelines(this.#worlds.db, bounds, 0);
  }

  async #drop(): Promise<void> {
    await dropUnread(this.#worlds.db, { unreadSince: this.#worlds.clock.now(), limit: 1 });
  }
}

async function mayBeRefused(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
