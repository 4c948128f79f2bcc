import type { Random } from "../random.ts";
import { Deck } from "./deck.ts";
import type { Good, Goods } from "./goods.ts";
import type { Member } from "./members.ts";
import {
  ASKING_ENDS,
  ASKINGS,
  CAVEATS,
  CLOSINGS,
  ONE_LINERS,
  OPENINGS,
  THANKS,
} from "./phrases/product-posts.ts";
import { SMALL_TALK, WITH_LINK, type Moment, type Mood, type SmallTalk } from "./phrases/small-talk.ts";
import { STORIES } from "./phrases/stories.ts";
import { joined, write, type Named, type Written } from "./writer.ts";

/** What a post is about, for what others say to it. */
export type Subject = "praise" | "thanks" | "question" | "link" | "picture" | Mood;

export interface Draft extends Written {
  subject: Subject;
  good: Good | null;
  /** Whether the good is the post's product. */
  hasProduct: boolean;
}

const SMILEY_SHARE = 0.2;
// Signs that fonts of text have: pictures need a font of their own, which not every machine has.
const SMILEYS: Readonly<Record<Subject, readonly string[]>> = {
  praise: [":)", "♥", ":D", "☺"],
  thanks: ["♥", ":)", "☺", ":D"],
  question: [":)", "☺"],
  link: [":D", ";)", ":)"],
  picture: ["☀"],
  glad: ["☀", "♥", ":)", ":D", "☺"],
  weary: [":/", ":(", "☹"],
  funny: [":D", ";)", ":)"],
  plan: [":)", ";)", ":D", "☀"],
  asking: [":)", ";)", "☺"],
  low: [":(", "♥"],
};

const SHARES = { small: 0.42, praise: 0.62, long: 0.74, question: 0.86, thanks: 0.94, link: 0.975 };

export interface Setting {
  moment: Moment;
  /** Whom a post may name. */
  friend: Named | undefined;
}

/** Writes the posts of one day. */
export class PostWriter {
  readonly #random: Random;
  readonly #goods: Goods;
  readonly #shopUrl: string;
  readonly #talk: Readonly<Record<Moment, Deck<SmallTalk>>>;
  readonly #decks: Record<"opening" | "line" | "asking" | "thanks" | "link", Deck<string>>;

  constructor(
    random: Random,
    goods: Goods,
    { seed, day, perDay, shopUrl }: { seed: number; day: number; perDay: number; shopUrl: string },
  ) {
    this.#random = random;
    this.#goods = goods;
    this.#shopUrl = shopUrl;
    const deck = <T>(cards: readonly T[], salt: number, share: number): Deck<T> =>
      new Deck(cards, { seed: seed + salt, day, perDay: perDay * share });
    const talk = (moment: Moment, salt: number, share: number): Deck<SmallTalk> =>
      deck(
        SMALL_TALK.filter((said) => said.moment === moment),
        salt,
        share,
      );
    this.#talk = {
      morning: talk("morning", 1, 0.12),
      evening: talk("evening", 2, 0.12),
      weekend: talk("weekend", 3, 0.12),
      any: talk("any", 4, 0.5),
    };
    this.#decks = {
      opening: deck(OPENINGS, 5, 0.4),
      line: deck(ONE_LINERS, 6, 0.12),
      asking: deck(ASKINGS, 7, 0.16),
      thanks: deck(THANKS, 8, 0.14),
      link: deck(WITH_LINK, 9, 0.08),
    };
  }

  /** With a smiley at its end now and then. */
  write(author: Member, setting: Setting): Draft {
    const draft = this.#draft(author, setting);
    if (!this.#random.chance(SMILEY_SHARE)) return draft;
    return { ...draft, text: `${draft.text} ${this.#random.pick(SMILEYS[draft.subject])}` };
  }

  #draft(author: Member, setting: Setting): Draft {
    const good = this.#goods.pick(this.#random, author.interests);
    const kind = this.#random.next();
    if (kind < SHARES.small) return this.#smallTalk(setting);
    if (kind < SHARES.praise) return this.#praise(good);
    if (kind < SHARES.long) return this.#review(good);
    if (kind < SHARES.question) return this.#question(good);
    if (kind < SHARES.thanks && setting.friend !== undefined) return this.#thanks(good, setting.friend);
    if (kind < SHARES.link) return this.#link(good);
    return this.#story();
  }

  #say(template: string, good: Good | null = null, friend?: Named): Written {
    return write(this.#random, template, good?.words, friend);
  }

  #lived(good: Good, count: number): Written[] {
    const lines = this.#random.shuffled(good.talk.lived).slice(0, count);
    return lines.map((line) => this.#say(line, good));
  }

  #smallTalk({ moment }: Setting): Draft {
    const when = this.#random.chance(0.4) ? moment : "any";
    const { text, mood } = this.#talk[when].deal();
    return { ...this.#say(text), subject: mood, good: null, hasProduct: false };
  }

  #praise(good: Good): Draft {
    if (this.#random.chance(0.3)) return this.#of(good, "praise", [this.#say(this.#decks.line.deal(), good)]);
    const opening = this.#say(this.#decks.opening.deal(), good);
    const closing = this.#random.chance(0.5) ? [this.#say(this.#random.pick(CLOSINGS), good)] : [];
    return this.#of(good, "praise", [opening, ...this.#lived(good, 1), ...closing]);
  }

  #review(good: Good): Draft {
    const opening = this.#say(this.#decks.opening.deal(), good);
    const lived = this.#lived(good, 2 + this.#random.below(3));
    const caveat = this.#random.chance(0.5) ? [this.#say(this.#random.pick(CAVEATS), good)] : [];
    const closing = this.#say(this.#random.pick(CLOSINGS), good);
    const middle = joined([...lived, ...caveat], " ");
    return this.#of(good, "praise", [opening, middle, closing], this.#random.chance(0.4) ? "\n\n" : " ");
  }

  #question(good: Good): Draft {
    const asked = this.#say(this.#random.pick(good.talk.asked), good);
    const opening = this.#random.chance(0.7) ? [this.#say(this.#decks.asking.deal(), good)] : [];
    const end = this.#random.chance(0.4) ? [this.#say(this.#random.pick(ASKING_ENDS), good)] : [];
    const draft = this.#of(good, "question", [...opening, asked, ...end]);
    // A question that stands alone is about what is shown with it.
    return { ...draft, hasProduct: draft.hasProduct || opening.length === 0 };
  }

  #thanks(good: Good, friend: Named): Draft {
    const lived = this.#random.chance(0.6) ? this.#lived(good, 1) : [];
    return this.#of(good, "thanks", [this.#say(this.#decks.thanks.deal(), good, friend), ...lived]);
  }

  #link(good: Good): Draft {
    const things = good.words.get("things") ?? "";
    const link = `${this.#shopUrl}/?q=${encodeURIComponent(things).replaceAll("%20", "+")}`;
    const text = write(this.#random, this.#decks.link.deal(), new Map([...good.words, ["link", link]]));
    return { ...text, subject: "link", good, hasProduct: false };
  }

  #story(): Draft {
    const { tops, paragraphs: ways } = this.#random.pick(STORIES);
    const good = this.#goods.of(this.#random, tops);
    const lived = this.#lived(good, 2).map(({ text }) => text);
    const closing = this.#say(this.#random.pick(CLOSINGS), good).text;
    const words = new Map([...good.words, ["lived", lived[0]], ["lived2", lived[1]], ["closing", closing]]);
    const paragraphs = ways.map((lines) => write(this.#random, this.#random.pick(lines), words));
    return this.#of(good, "glad", paragraphs, "\n\n");
  }

  /** The good is the post's product where the text names it, and mostly where it speaks of its kind. */
  #of(good: Good, subject: Subject, parts: readonly Written[], between = " "): Draft {
    const written = joined(parts, between);
    const isNamed = ["theProduct", "myProduct"].some((slot) => {
      const words = good.words.get(slot) ?? "";
      return written.text.toLowerCase().includes(words.toLowerCase());
    });
    const isLine = subject === "praise" || subject === "thanks";
    return { ...written, subject, good, hasProduct: isNamed || isLine };
  }
}
