export type Value = string | number | boolean;

/** One of the things a trait can be, where more hangs on it than its name. */
export interface Choice {
  value: Value;
  /** How titles and sentences say it; the value itself else. */
  text?: string;
  /** A sentence that is true of this choice alone. */
  says?: string;
  /** What it does to the price: 1.2 is a fifth more. */
  factor?: number;
  /** The shape in the picture. */
  form?: number;
  /** Other traits that follow from it. */
  sets?: Readonly<Record<string, Value>>;
}

/** A kind of product: what its products have in common, and in what they differ. Sentences and titles carry `{slots}`. */
export interface ProductType {
  /** Part of the ids: `demo-<slug>-<number>`. */
  slug: string;
  category: readonly string[];
  /** A kind of `src/web/pictures`. */
  picture: string;
  nouns: readonly (string | Choice)[];
  /** Median price in USD. */
  price: number;
  /** Names of the palette of pictures. */
  colors: readonly string[];
  accents: readonly string[];
  /** The attribute that names the main color; null for none. `color` by default. */
  colorKey?: string | null;
  /** Attributes by key; each is also a slot, and with a capital first letter in title case. */
  traits: Readonly<Record<string, readonly (Value | Choice)[]>>;
  /** What follows brand and model, or the whole title where it says `{model}` itself. */
  titles: readonly string[];
  opening: readonly string[];
  details: readonly string[];
  closing: readonly string[];
  /** Pools whose picks, joined by a space, name a model; those of the group by default. */
  models?: readonly (readonly string[])[];
  brands?: readonly string[];
}

/** Types that share makers and the way these name their models. */
export interface TypeGroup {
  brands: readonly string[];
  models: readonly (readonly string[])[];
  types: readonly ProductType[];
}
