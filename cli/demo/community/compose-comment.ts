import type { Random } from "../random.ts";
import type { Draft, Subject } from "./compose-post.ts";
import type { Goods } from "./goods.ts";
import {
  ON_LINK,
  ON_MOOD,
  ON_PICTURE,
  ON_PRAISE,
  ON_QUESTION,
  ON_THANKS,
  REPLIES,
} from "./phrases/comments.ts";
import { write, type Named, type Written } from "./writer.ts";

const OF_SUBJECT: Readonly<Record<Subject, readonly string[]>> = {
  praise: ON_PRAISE,
  thanks: ON_THANKS,
  question: ON_QUESTION,
  link: ON_LINK,
  picture: ON_PICTURE,
  ...ON_MOOD,
};

/** What others say to one post: of each sentence once, as long as there are others. */
export class Conversation {
  readonly #random: Random;
  readonly #goods: Goods;
  readonly #post: Draft;
  readonly #lines: string[];
  #replies: string[];

  constructor(random: Random, goods: Goods, post: Draft) {
    this.#random = random;
    this.#goods = goods;
    this.#post = post;
    const answers = post.subject === "question" ? (post.good?.talk.answers ?? []) : [];
    this.#lines = [...random.shuffled(OF_SUBJECT[post.subject])];
    // Who asks is answered first, and then comforted.
    for (const answer of random.shuffled(answers)) this.#lines.splice(random.below(3), 0, answer);
    this.#replies = [...random.shuffled(REPLIES)];
  }

  /** Of a friend of the author's; `null` where all has been said. */
  comment(): Written | null {
    const template = this.#lines.shift();
    if (template === undefined) return null;
    const { good, subject } = this.#post;
    // Who answers has bought something else.
    const named = good !== null && subject === "question" ? this.#goods.another(this.#random, good) : good;
    return write(this.#random, template, named?.words);
  }

  /** Of the author, to `friend`. */
  reply(friend: Named): Written {
    const template = this.#replies.shift() ?? "Thank you!";
    return write(this.#random, template, this.#post.good?.words, friend);
  }
}
