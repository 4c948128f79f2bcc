import { STANDARD } from "../domain/experiment.ts";
import type { RankingWeights } from "../domain/experiment.ts";
import type { Product } from "../domain/product.ts";

/**
 * Every constant and formula a score is made of. All are functions of one document and of counts over the live
 * documents, never of how documents are spread over segments: see docs/search-engine.md.
 *
 * Impacts are the term frequency part of BM25F (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple
 * weighted fields", CIKM 2004), with fixed reference lengths in place of averages.
 */
export const FIELDS = {
  title: { weight: 4, lengthBias: 0.6, referenceLength: 8 },
  brand: { weight: 2, lengthBias: 0.2, referenceLength: 2 },
  category: { weight: 1.5, lengthBias: 0.2, referenceLength: 4 },
  attributes: { weight: 1, lengthBias: 0.5, referenceLength: 10 },
  description: { weight: 1.5, lengthBias: 0.75, referenceLength: 40 },
} as const;
export type Field = keyof typeof FIELDS;

const SATURATION = 1.2;

/** How much a word counts for its singular: less than the singular itself, so that `iphone` prefers `iPhone 15` to `iPhones`. */
export const STEMMED = 0.9;

/** What an occurrence in the description counts for where title or description had the word before. */
export const REPEATED = 0.45;

/**
 * What the last word of a noun phrase counts for, within so many words of a field: titles and the openings of
 * descriptions say with it what the product is.
 */
export const HEADS: Readonly<Record<Field, { within: number; factor: number }>> = {
  title: { within: 255, factor: 1.3 },
  brand: { within: 0, factor: 1 },
  category: { within: 0, factor: 1 },
  attributes: { within: 0, factor: 1 },
  description: { within: 20, factor: 2 },
};

/** What words behind a "for" in the title count for: they name what the product goes with, not what it is. */
export const COMPANION = 0.4;

/** Impacts and weights of expansions are integers up to this. */
export const MAX_IMPACT = 255;
const IMPACT_SCALE = MAX_IMPACT * MAX_IMPACT;

/** What one occurrence in a field of `length` words adds to a term's weight in a document. */
export function occurrenceWeight(field: Field, length: number): number {
  const { weight, lengthBias, referenceLength } = FIELDS[field];
  return weight / (1 - lengthBias + (lengthBias * length) / referenceLength);
}

/** The saturated weight of a term in a document, from 1 to `MAX_IMPACT`. */
export function impactOf(weight: number): number {
  return Math.max(1, Math.min(MAX_IMPACT, Math.round((MAX_IMPACT * weight) / (SATURATION + weight))));
}

/** BM25's inverse document frequency, above 0. */
export function inverseDocumentFrequency(liveCount: number, frequency: number): number {
  return Math.log(1 + (liveCount - frequency + 0.5) / (frequency + 0.5));
}

/** What one unit of (impact × expansion weight) adds to a score. */
export function impactUnit(idf: number): number {
  return idf / IMPACT_SCALE;
}

/** Weights of the ways a word of the query can match, up to `MAX_IMPACT`. */
export const EXPANSION_WEIGHTS = {
  exact: 255,
  /** The singular of a plural that was asked for. */
  stem: 242,
  /** A compound asked for as one word, by its parts side by side. */
  parts: 255,
  /** Two words asked for, by the compound of both: it then counts for each. */
  joined: 180,
  split: 230,
  synonym: 204,
  edge: 178,
  /** By distance, for the most frequent neighbour; others weigh less. */
  typo: [0, 235, 190],
  prefixTypo: [0, 80, 60],
  /** A far more frequent neighbour of a rare word. */
  likelyTypo: 90,
  /** A neighbour of a word that exists, where words do not meet. */
  neighbour: 150,
} as const;

/** A prefix match weighs more the more of the word was typed. Lengths are in encoded bytes. */
export function prefixWeight(typedBytes: number, termBytes: number): number {
  return 128 + Math.round((76 * typedBytes) / termBytes);
}

/** Of a typo's weight, the share that depends on how frequent the neighbour is beside the most frequent one. */
const FREQUENCY_SHARE = 0.5;

/** The weight of a term near a misspelt word: `most` is the frequency of the most frequent one. */
export function typoWeight(weight: number, frequency: number, most: number): number {
  return Math.round(
    weight * (1 - FREQUENCY_SHARE + (FREQUENCY_SHARE * Math.log1p(frequency)) / Math.log1p(most)),
  );
}

/** Added to a score, all within `TIER`. */
export const BONUS: Readonly<RankingWeights> = STANDARD.ranking;

/** So many documents with all words fill any page: then those with some of them are no hits. */
export const ENOUGH = 100;

/** A document that matches more words of the query always ranks before one that matches fewer. */
export const TIER = 1000;

export const MAX_POPULARITY = 255;
const IN_STOCK_SHARE = 55;
const SATURATING_RATINGS = 10_000;

/** How well liked and available a product is, from 0 to `MAX_POPULARITY`. */
export function popularityOf(product: Pick<Product, "rating" | "ratingCount" | "inStock">): number {
  const rating = Math.max(0, Math.min(5, product.rating ?? 0)) / 5;
  const count = Math.max(0, product.ratingCount) || 0;
  const seen = Math.min(1, Math.log1p(count) / Math.log1p(SATURATING_RATINGS));
  return (
    Math.round((MAX_POPULARITY - IN_STOCK_SHARE) * rating * seen) + (product.inStock ? IN_STOCK_SHARE : 0)
  );
}
