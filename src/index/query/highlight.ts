import { stem } from "../text/stem.ts";
import { prefixEnd, tokenize } from "../text/tokenize.ts";
import type { Token } from "../text/tokenize.ts";
import type { Phrase } from "./parse.ts";
import type { WordPlan } from "./word-plan.ts";

type Range = readonly [number, number];

/** Marks in texts what the words of one query match. */
export class Highlighter {
  readonly #terms = new Set<string>();
  readonly #openings: string[] = [];
  readonly #phrases: Phrase[] = [];

  constructor(plans: readonly WordPlan[]) {
    for (const plan of plans) {
      for (const { term } of plan.expansions) this.#terms.add(term);
      for (const { phrase } of plan.phrases) this.#phrases.push(phrase);
      const opening = plan.prefix ?? plan.edge;
      if (opening !== null) this.#openings.push(opening);
    }
  }

  /** Half-open ranges in UTF-16 code units, ascending and apart: whole words, of a prefix what was typed. */
  ranges(text: string): Range[] {
    const tokens = tokenize(text);
    const found: Range[] = [];
    for (const token of tokens) {
      if (this.#terms.has(token.text) || this.#terms.has(stem(token.text)))
        found.push([token.from, token.to]);
      else this.#addOpening(text, token, found);
    }
    for (const phrase of this.#phrases) addPhrase(tokens, phrase, found);
    return mergeRanges(found);
  }

  #addOpening(text: string, token: Token, found: Range[]): void {
    let longest = 0;
    for (const opening of this.#openings) {
      if (
        opening.length > longest &&
        (token.text.startsWith(opening) || stem(token.text).startsWith(opening))
      ) {
        longest = opening.length;
      }
    }
    if (longest > 0) found.push([token.from, prefixEnd(text, token, longest)]);
  }
}

/** Adds the words of each place where the terms of `phrase` stand side by side. */
function addPhrase(tokens: readonly Token[], phrase: Phrase, found: Range[]): void {
  const last = phrase[phrase.length - 1];
  if (last === undefined) return;
  for (const { position } of tokens.filter((token) => isTerm(token, phrase[0].term))) {
    const words = phrase.map(({ term, offset }) =>
      tokens.find((token) => token.position === position + offset && isTerm(token, term)),
    );
    if (words.includes(undefined)) continue;
    for (const word of words) if (word !== undefined) found.push([word.from, word.to]);
  }
}

function isTerm(token: Token, term: string): boolean {
  return token.text === term || stem(token.text) === term;
}

function mergeRanges(ranges: Range[]): Range[] {
  const sorted = ranges.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
