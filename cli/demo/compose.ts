import { priceCents, reception } from "./figures.ts";
import type { Choice, ProductType, TypeGroup, Value } from "./product-type.ts";
import type { Random } from "./random.ts";
import { fill } from "./wording.ts";
import type { WireProduct } from "./wire-product.ts";

const OUT_OF_STOCK = 0.06;

function asChoice(option: Value | Choice): Choice {
  return typeof option === "object" ? option : { value: option };
}

/** What was drawn for one product: its choices by trait, and the words they give. */
interface Draft {
  brand: string;
  noun: Choice;
  traits: ReadonlyMap<string, Choice>;
  main: string;
  accent: string;
  slots: Map<string, string>;
}

function model(random: Random, type: ProductType, group: TypeGroup): string {
  const pools = type.models ?? group.models;
  return pools
    .map((pool) => random.pick(pool))
    .filter((part) => part !== "")
    .join(" ");
}

function draft(random: Random, type: ProductType, group: TypeGroup): Draft {
  const brand = random.pick(type.brands ?? group.brands);
  const noun = asChoice(random.pick(type.nouns));
  const main = random.pick(type.colors);
  const others = type.accents.filter((name) => name !== main);
  const accent = random.pick(others.length > 0 ? others : type.accents);
  const traits = new Map(
    Object.entries(type.traits).map(([key, options]) => [key, asChoice(random.pick(options))]),
  );
  for (const [key, value] of Object.entries(noun.sets ?? {})) traits.set(key, { value });
  const slots = new Map([...traits].map(([key, { value, text }]) => [key, text ?? String(value)]));
  slots
    .set("brand", brand)
    .set("model", model(random, type, group))
    .set("noun", noun.text ?? String(noun.value));
  slots.set(type.colorKey ?? "color", main).set("accent", accent);
  return { brand, noun, traits, main, accent, slots };
}

/** Two to five sentences: what it is, what sets this one apart, how it is made or used, what else to know. */
function description(random: Random, type: ProductType, { noun, traits, slots }: Draft): string {
  const own = [noun, ...traits.values()].flatMap(({ says }) => says ?? []);
  const sentences = [
    random.pick(type.opening),
    ...random.shuffled(own).slice(0, 2),
    ...random.shuffled(type.details).slice(0, own.length > 1 ? 1 : 2),
    ...(random.chance(0.7) ? [random.pick(type.closing)] : []),
  ];
  return sentences.map((sentence) => fill(sentence, slots, "sentence")).join(" ");
}

function titleOf(random: Random, type: ProductType, { brand, slots }: Draft): string {
  const template = random.pick(type.titles);
  const prefix = template.includes("{model}") ? "" : `${slots.get("model")} `;
  const title = fill(`${prefix}${template}`, slots, "title");
  return template.startsWith("{model}") ? title : `${brand} ${title}`;
}

function attributes(type: ProductType, { traits, main }: Draft): Record<string, Value> {
  const color: [string, Value][] = type.colorKey === null ? [] : [[type.colorKey ?? "color", main]];
  return Object.fromEntries([
    ...color,
    ...[...traits].map(([key, { value }]): [string, Value] => [key, value]),
  ]);
}

function imageUrl(random: Random, type: ProductType, { noun, main, accent }: Draft): string {
  const form = noun.form ?? random.below(10);
  return `/pictures/${type.picture}/${main}-${accent}-${form}-${random.below(10_000)}.svg`;
}

/** One product of `type`; `id` is taken as it is. */
export function composeProduct(random: Random, type: ProductType, group: TypeGroup, id: string): WireProduct {
  const drawn = draft(random, type, group);
  const factor = [drawn.noun, ...drawn.traits.values()].reduce(
    (product, choice) => product * (choice.factor ?? 1),
    1,
  );
  const { rating, ratingCount } = reception(random);
  return {
    id,
    title: titleOf(random, type, drawn),
    description: description(random, type, drawn),
    brand: drawn.brand,
    category: [...type.category],
    price: { amount: priceCents(random, type.price * factor), currency: "USD" },
    rating,
    rating_count: ratingCount,
    in_stock: !random.chance(OUT_OF_STOCK),
    image_url: imageUrl(random, type, drawn),
    attributes: attributes(type, drawn),
  };
}
