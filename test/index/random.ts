import type { AttributeValue, Product } from "../../src/domain/product.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import type { FacetField, Filter, SearchRequest } from "../../src/index/types.ts";
import { SORTS } from "../../src/index/types.ts";

/** Seeded randomness. */
export class Random {
  readonly next: () => number;

  constructor(seed: number) {
    this.next = mulberry32(seed);
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

const WORDS =
  "lamp lamps laptop laptops case t-shirt tshirt shirt t shirts usb-c usbc usb c cable 12 inch 12in 12-inch 43.2cm red Café cafe chair chairs cushion office phone iPhone iPhones 15 wi-fi wifi head set headset headsets the of and a 智能手机 手机 智 Привет 4gb 4 gb 2x4 2 x 4 1/2 box boxes battery batteries keyboard keyboards lapdog plat plato platform monitor STARTECH.com x".split(
    " ",
  );
const BRANDS = ["Acme", "acme", "Lumo", "Ünïcode & Co", "St. John's", "Café", null];
const PATHS = [
  ["Home"],
  ["Home", "Lamps"],
  ["Home", "Lamps", "Desk"],
  ["Homeware"],
  ["Tech / Audio", "x"],
  [],
];
const ATTRIBUTES: [string, readonly AttributeValue[]][] = [
  ["color", ["red", "blue", "Red"]],
  ["ram", [4, 8, 16, "8"]],
  ["wireless", [true, false]],
  ["__proto__x", ["1"]],
];

export function randomProduct(random: Random, id: string): Product {
  const text = (most: number): string =>
    Array.from({ length: random.below(most) }, () => random.pick(WORDS)).join(" ");
  const attributes: Record<string, AttributeValue> = {};
  for (const [key, values] of ATTRIBUTES) if (random.chance(0.4)) attributes[key] = random.pick(values);
  return {
    id,
    orgId: random.pick(["org_1", "org_2"]),
    title: text(8),
    description: random.chance(0.5) ? text(14) : "",
    brand: random.pick(BRANDS),
    category: random.pick(PATHS),
    price: random.chance(0.8)
      ? { amount: random.below(12) * 100, currency: random.pick(["USD", "EUR"]) }
      : null,
    rating: random.chance(0.7) ? random.below(51) / 10 : null,
    ratingCount: random.below(4) * 40,
    inStock: random.chance(0.7),
    imageUrl: random.chance(0.5) ? `https://img.example/${id}.jpg` : null,
    imageId: null,
    attributes,
    updatedAt: 1_700_000_000_000 + random.below(5) * 1000,
    version: 1,
  };
}

/** A word with one letter dropped, doubled, changed or swapped with the next. */
export function misspell(random: Random, word: string): string {
  const at = random.below(Math.max(1, word.length - 1));
  const [head, tail] = [word.slice(0, at), word.slice(at)];
  switch (random.below(4)) {
    case 0:
      return head + tail.slice(1);
    case 1:
      return `${head}${tail[0] ?? ""}${tail}`;
    case 2:
      return `${head}z${tail.slice(1)}`;
    default:
      return head + (tail[1] ?? "") + (tail[0] ?? "") + tail.slice(2);
  }
}

function randomWord(random: Random): string {
  const word = random.pick(WORDS);
  if (random.chance(0.15)) return misspell(random, word);
  if (random.chance(0.1)) return word.slice(0, 1 + random.below(word.length));
  if (random.chance(0.06)) return `-${word}`;
  if (random.chance(0.06)) return `"${word} ${random.pick(WORDS)}"`;
  return random.chance(0.03) ? `-"${word} ${random.pick(WORDS)}"` : word;
}

export function randomQuery(random: Random): string {
  if (random.chance(0.06)) return "";
  const words = Array.from({ length: 1 + random.below(4) }, () => randomWord(random)).join(" ");
  return random.chance(0.3) ? `${words} ` : words;
}

function randomFilter(random: Random): Filter {
  const range = {
    min: random.chance(0.7) ? random.below(600) : null,
    max: random.chance(0.7) ? random.below(1500) : null,
  };
  return random.pick<Filter>([
    { field: "brand", values: [random.pick(["Acme", "acme", "Lumo", "none"]), "Café"] },
    { field: "category", values: [random.pick(["Home", "Home/Lamps", "Lamps", "Tech / Audio"])] },
    { field: "org", values: ["org_1"] },
    { field: "in_stock", values: [random.pick(["true", "false"])] },
    { field: "price", range },
    { field: "price", values: ["200", "300"] },
    { field: "rating", range: { min: random.below(6), max: null } },
    { field: "attributes.color", values: [random.pick(["red", "blue", "green"])] },
    { field: "attributes.ram", range: { min: 5, max: random.chance(0.5) ? 8 : null } },
    { field: "attributes.ram", values: ["8"] },
    { field: "attributes.wireless", values: ["true"] },
    { field: "attributes.unknown", values: ["x"] },
  ]);
}

const FACETS: readonly FacetField[] = [
  "brand",
  "category",
  "in_stock",
  "price",
  "rating",
  "attributes.color",
  "attributes.ram",
  "attributes.__proto__x",
  "attributes.unknown",
];

export function request(query: string, changes: Partial<SearchRequest> = {}): SearchRequest {
  return {
    query,
    filters: [],
    facets: [],
    sort: "relevance",
    limit: 20,
    after: null,
    explain: false,
    ...changes,
  };
}

export function randomRequest(random: Random): SearchRequest {
  return request(randomQuery(random), {
    filters: Array.from({ length: random.chance(0.5) ? 0 : 1 + random.below(3) }, () => randomFilter(random)),
    facets: FACETS.filter(() => random.chance(0.4)),
    sort: random.chance(0.6) ? "relevance" : random.pick(SORTS),
    limit: 1 + random.below(12),
  });
}
