import type { Product } from "../../src/domain/product.ts";
import type { Filter } from "../../src/index/types.ts";
import { hashText, pick, pickIndex, seeded } from "../random.ts";
import type { Random } from "../random.ts";
import type { QueryClass, RivalQuery } from "./rivals/rival.ts";
import { withTypo } from "./typos.ts";

const PAGE = 20;

/** Draws one query text from a product of the catalogue; `null` where the product has none of the kind. */
type Draw = (words: readonly string[], random: Random) => string | null;

export function wordsOf(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

function someWords(words: readonly string[], random: Random): string | null {
  const count = 2 + pickIndex(random, 2);
  if (words.length < count) return null;
  const kept = new Set<number>();
  while (kept.size < count) kept.add(pickIndex(random, words.length));
  return [...kept]
    .toSorted((a, b) => a - b)
    .map((at) => words[at])
    .join(" ");
}

function phrase(words: readonly string[], random: Random): string | null {
  const count = 2 + pickIndex(random, 2);
  if (words.length < count) return null;
  const from = pickIndex(random, words.length - count + 1);
  return `"${words.slice(from, from + count).join(" ")}"`;
}

function prefix(words: readonly string[], random: Random, lengths: readonly number[]): string | null {
  const length = pick(random, lengths);
  const long = words.filter((word) => word.length > length);
  return long.length === 0 ? null : pick(random, long).slice(0, length);
}

function oneWord(words: readonly string[], random: Random): string | null {
  const long = words.filter((word) => word.length >= 3);
  return long.length === 0 ? null : pick(random, long);
}

const DRAWS: Record<Exclude<QueryClass, "filters + facets" | "browse">, Draw> = {
  "1 word": oneWord,
  "2-3 words": someWords,
  phrase,
  typo: (words, random) => withTypo(pick(random, [oneWord, someWords])(words, random) ?? "", random),
  "prefix 3-4": (words, random) => prefix(words, random, [3, 4]),
  "prefix 1-2": (words, random) => prefix(words, random, [1, 2]),
  suggest: (words, random) => words.join(" ").slice(0, 1 + pickIndex(random, 12)),
};

function filterFrom(product: Product, random: Random): Filter[] {
  const filters: Filter[] = [];
  if (product.brand !== null) filters.push({ field: "brand", values: [product.brand] });
  if (product.category.length > 0) filters.push({ field: "category", values: [product.category[0]] });
  const amount = product.price?.amount;
  if (amount !== undefined) {
    filters.push({ field: "price", range: { min: Math.floor(amount / 2), max: amount * 2 } });
  }
  return filters.length === 0 ? [] : [pick(random, filters)];
}

function filtered(product: Product, random: Random): RivalQuery | null {
  const words = wordsOf(product.title);
  const text = pick(random, [oneWord, someWords])(words, random);
  return text === null ? null : { text, limit: PAGE, facets: true, filters: filterFrom(product, random) };
}

function drawOne(kind: QueryClass, product: Product, random: Random): RivalQuery | null {
  if (kind === "filters + facets") return filtered(product, random);
  if (kind === "browse") {
    return { text: "", limit: PAGE, facets: random() < 0.5, filters: filterFrom(product, random) };
  }
  const text = DRAWS[kind](wordsOf(product.title), random);
  return text === null || text === "" ? null : { text, limit: PAGE, facets: false, filters: [] };
}

/** Judged queries that fit a class: what people really type, beside what titles say. */
function judgedFor(kind: QueryClass, judged: readonly string[]): RivalQuery[] {
  const words = { "1 word": [1], "2-3 words": [2, 3] }[kind as string] ?? [];
  return judged
    .filter((text) => words.includes(text.split(" ").length))
    .map((text) => ({ text, limit: PAGE, facets: false, filters: [] }));
}

/** `count` queries of a class: the judged ones that fit, the others drawn from the titles of random products, seeded. */
export function drawQueries(
  kind: QueryClass,
  count: number,
  products: readonly Product[],
  judged: readonly string[],
): RivalQuery[] {
  const random = seeded(hashText(kind));
  const queries = judgedFor(kind, judged).slice(0, count);
  while (queries.length < count) {
    const query = drawOne(kind, pick(random, products), random);
    if (query !== null) queries.push(query);
  }
  // Spread, so that a part of the list is as the whole.
  return queries
    .map((query, i) => ({ query, key: hashText(`${kind} ${i}`) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ query }) => query);
}
