import type { RankingWeights } from "../../domain/experiment.ts";
import { BONUS, MAX_POPULARITY, TIER } from "../scoring.ts";
import type { Segment } from "../segment.ts";
import type { DocumentList } from "./facets.ts";
import type { TopDocuments } from "./top.ts";
import type { Sort } from "../types.ts";
import type { Evaluation, Group } from "./evaluate.ts";

/** The sort key of a document without the value sorts behind all others, in either direction. */
const MISSING = Number.MAX_SAFE_INTEGER;
/** A rating weighs in steps of 1/1000; within a step the number of ratings decides. */
const RATING_STEPS = 1_000;
const MAX_RATING_COUNT = 2 ** 32;

/** How the words of a query met in one document. */
export interface Parts {
  matchedWords: number;
  proximity: number;
  exactness: number;
  popularity: number;
  score: number;
}

/** Scores documents of the evaluated query. `length` is how many words were typed. */
export class Scorer {
  readonly #groups: readonly Group[];
  readonly #length: number;
  readonly #matched: Uint8Array;
  readonly #slots: readonly Int32Array[];
  readonly #units: Float64Array;
  readonly #weights: RankingWeights;
  /** What a popularity of 1 adds. */
  readonly #popularityStep: number;
  readonly #maxBonus: number;

  constructor(evaluation: Evaluation, length: number, matched: Uint8Array, weights: RankingWeights = BONUS) {
    this.#groups = evaluation.groups;
    this.#length = length;
    this.#matched = matched;
    this.#slots = evaluation.groups.map(({ slot }) => slot);
    this.#units = Float64Array.from(evaluation.groups, ({ unit }) => unit);
    this.#weights = weights;
    this.#popularityStep = weights.popularity / MAX_POPULARITY;
    this.#maxBonus = weights.proximity + weights.begins + weights.equals + weights.popularity;
  }

  /** The part of a score that words make. */
  #words(at: number): number {
    const slots = this.#slots;
    const units = this.#units;
    let sum = this.#matched[at] * TIER;
    for (let g = 0; g < slots.length; g++) sum += units[g] * (slots[g][at] >> 8);
    return sum;
  }

  /**
   * Offers all documents of a list to `top`. Few of many score above what is there already, so each is first measured
   * by what it cannot exceed.
   */
  offerAll({ docs, count, base }: DocumentList, segment: Segment, top: TopDocuments): void {
    const [slots, units, matched] = [this.#slots, this.#units, this.#matched];
    const { popularity } = segment;
    const [step, maxBonus] = [this.#popularityStep, this.#maxBonus];
    if (slots.length === 0)
      return offerPopular({ docs, count, base }, popularity, top, this.#weights.popularity);
    const [slot, unit] = [slots[0], units[0]];
    // Away from the front of the title, a single word earns no bonus but popularity.
    const front = slots.length === 1 ? 255 - this.#groups[0].plan.position : -1;
    let { least } = top;
    for (let i = 0; i < count; i++) {
      const at = docs[i];
      const value = slot[at];
      let bound = matched[at] * TIER + SLACK + step * popularity[at - base] + unit * (value >> 8);
      for (let g = 1; g < slots.length; g++) bound += units[g] * (slots[g][at] >> 8);
      if (slots.length > 1 || (value & 255) === front) bound += maxBonus;
      if (bound < least) continue;
      const score = this.score(segment, at - base, at);
      if (score < least) continue;
      top.offer(score, at - base);
      least = top.least;
    }
  }

  /** The score of document `doc` of `segment`, whose number through all segments is `at`. */
  score(segment: Segment, doc: number, at: number): number {
    return (
      this.#words(at) + this.proximity(at) + this.exactness(segment, doc, at) + this.#popularity(segment, doc)
    );
  }

  parts(segment: Segment, doc: number, at: number): Parts {
    return {
      matchedWords: this.#matched[at],
      proximity: this.proximity(at),
      exactness: this.exactness(segment, doc, at),
      popularity: this.#popularity(segment, doc),
      score: this.score(segment, doc, at),
    };
  }

  /** The share of neighbouring words that stand in the title as they were typed. */
  proximity(at: number): number {
    const groups = this.#groups;
    if (groups.length < 2) return 0;
    let near = 0;
    for (let g = 1; g < groups.length; g++) if (this.#adjacent(g, at)) near++;
    return (this.#weights.proximity * near) / (groups.length - 1);
  }

  /** Whether the title begins with the query, or is the query. */
  exactness(segment: Segment, doc: number, at: number): number {
    const groups = this.#groups;
    if (groups.length === 0 || titlePosition(groups[0].slot[at]) !== groups[0].plan.position) return 0;
    for (let g = 1; g < groups.length; g++) if (!this.#adjacent(g, at)) return 0;
    const { begins, equals } = this.#weights;
    return segment.titleLengths[doc] === this.#length ? begins + equals : begins;
  }

  #popularity(segment: Segment, doc: number): number {
    return (this.#weights.popularity * segment.popularity[doc]) / MAX_POPULARITY;
  }

  #adjacent(g: number, at: number): boolean {
    const groups = this.#groups;
    const before = titlePosition(groups[g - 1].slot[at]);
    const here = titlePosition(groups[g].slot[at]);
    if (before < 0 || here < 0) return false;
    return here - before === groups[g].plan.position - groups[g - 1].plan.position;
  }
}

/** The first place in the title that a slot tells of, -1 for none. */
function titlePosition(value: number): number {
  return (value & 255) === 0 ? -1 : 255 - (value & 255);
}

/** Without words, popularity is the score. */
function offerPopular(
  { docs, count, base }: DocumentList,
  popularity: Uint8Array,
  top: TopDocuments,
  weight: number,
): void {
  let { least } = top;
  for (let i = 0; i < count; i++) {
    const doc = docs[i] - base;
    const score = (weight * popularity[doc]) / MAX_POPULARITY;
    if (score < least) continue;
    top.offer(score, doc);
    least = top.least;
  }
}

/** Rounding of a sum of a few parts is far below this. */
const SLACK = 1e-6;

export type KeyOf = (segment: Segment, doc: number) => number;

/** The sort key of a document, for sorts that no word changes. Exact and within what JSON keeps. */
export function keyOfSort(sort: Exclude<Sort, "relevance">): KeyOf {
  switch (sort) {
    case "price":
      return (segment, doc) => orMissing(segment.price.values[segment.price.codes[doc]], MISSING);
    case "-price":
      return (segment, doc) => orMissing(segment.price.values[segment.price.codes[doc]], -MISSING);
    case "-rating":
      return ratingKey;
    case "-updated_at":
      return (segment, doc) => segment.updated.values[segment.updated.codes[doc]];
    default:
      return sort satisfies never;
  }
}

function orMissing(value: number, missing: number): number {
  return Number.isNaN(value) ? missing : value;
}

function ratingKey(segment: Segment, doc: number): number {
  const rating = segment.rating.values[segment.rating.codes[doc]];
  if (Number.isNaN(rating)) return -MISSING;
  const count = segment.ratingCount.values[segment.ratingCount.codes[doc]];
  return Math.round(rating * RATING_STEPS) * MAX_RATING_COUNT + Math.min(count, MAX_RATING_COUNT - 1);
}
