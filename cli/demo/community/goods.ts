import { Choice } from "../choice.ts";
import type { Random } from "../random.ts";
import type { WireProduct } from "../wire-product.ts";
import { GEAR_TALK } from "./phrases/gear.ts";
import type { GoodsTalk } from "./phrases/goods-talk.ts";
import { HOUSEHOLD_TALK } from "./phrases/household.ts";
import { PERSONAL_TALK } from "./phrases/personal.ts";

/** A product, and how people speak of it. */
export interface Good {
  id: string;
  category: readonly string[];
  talk: GoodsTalk;
  words: ReadonlyMap<string, string>;
}

const TALK: Readonly<Record<string, GoodsTalk>> = { ...HOUSEHOLD_TALK, ...GEAR_TALK, ...PERSONAL_TALK };

/** Goods that are one thing in a sentence and many in the grammar. */
const PLURAL =
  /^(?:Headphones|Earbuds|Sunglasses|Pants|Boots|Sneakers|Towels|Dumbbells|Blocks|Coffee Beans|Nuts and Crackers|Storage Jars|Candles)$/;
const ABBREVIATION = /^[A-Z]{2}/;
const NO_ARTICLE = new Set(["Books", "Records"]);

/** The products of the demo shop that people write about, by their categories. */
export class Goods {
  readonly #all: Choice<Good>;
  readonly #byTop = new Map<string, Choice<Good>>();
  readonly #byLeaf = new Map<string, readonly Good[]>();

  constructor(products: readonly WireProduct[]) {
    const rated = products.map((product) => ({
      good: goodOf(product),
      weight: 1 + product.rating_count / 40,
    }));
    const choice = (items: typeof rated): Choice<Good> => {
      const weights = new Map(items.map(({ good, weight }) => [good, weight]));
      return new Choice(
        items.map(({ good }) => good),
        (good) => weights.get(good) ?? 1,
      );
    };
    this.#all = choice(rated);
    for (const [top, items] of Map.groupBy(rated, ({ good }) => good.category[0]))
      this.#byTop.set(top, choice(items));
    for (const [leaf, items] of Map.groupBy(rated, ({ good }) => good.category.join("/")))
      this.#byLeaf.set(
        leaf,
        items.map(({ good }) => good),
      );
  }

  get tops(): readonly string[] {
    return [...this.#byTop.keys()];
  }

  /** Mostly of what one is interested in. */
  pick(random: Random, interests: readonly string[]): Good {
    const top = random.chance(0.75) ? random.pick(interests) : undefined;
    return (this.#byTop.get(top ?? "") ?? this.#all).pick(random);
  }

  /** One of these categories, or of all where none is named. */
  of(random: Random, tops: readonly string[]): Good {
    const choice = tops.length === 0 ? undefined : this.#byTop.get(random.pick(tops));
    return (choice ?? this.#all).pick(random);
  }

  /** Another of the same kind, or the same where there is no other. */
  another(random: Random, good: Good): Good {
    return random.pick(this.#byLeaf.get(good.category.join("/")) ?? [good]);
  }
}

function goodOf({ id, title, category }: WireProduct): Good {
  const [top, second] = category;
  const talk = TALK[`${top}/${second}`] ?? TALK[top];
  if (talk === undefined) throw new Error(`There is nothing to say about "${category.join(" > ")}"`);
  return { id, category, talk, words: wordsOf(title, category) };
}

function wordsOf(title: string, category: readonly string[]): ReadonlyMap<string, string> {
  const leaf = category.at(-1) ?? "";
  const isPlural = PLURAL.test(leaf);
  const short = title.split(/, | \(| with (?=[A-Z])| in (?=[A-Z][a-z]+ )/)[0];
  const named = category.some((name) => NO_ARTICLE.has(name)) ? titleOf(short) : null;
  const words = isPlural
    ? { it: "they", them: "them", its: "their", is: "are", has: "have", was: "were" }
    : { it: "it", them: "it", its: "its", is: "is", has: "has", was: "was" };
  const things = leaf
    .split(" ")
    .map((word) => (ABBREVIATION.test(word) ? word : word.toLowerCase()))
    .join(" ");
  return new Map(
    Object.entries({
      ...words,
      things,
      theProduct: named ?? `the ${short}`,
      myProduct: named === null ? `my ${short}` : `my copy of ${named}`,
    }),
  );
}

/** Of a book or a record, with who made it. */
function titleOf(text: string): string {
  const [artist, record] = text.split(" – ");
  if (record !== undefined) return `“${record}” by ${artist}`;
  const at = text.lastIndexOf(" by ");
  return at < 0 ? `“${text}”` : `“${text.slice(0, at)}”${text.slice(at)}`;
}
