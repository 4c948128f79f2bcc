import type { Token } from "./tokenize.ts";

const LINKS = new Set("by for from in of to with w".split(" "));
const BREAK = /[,;:()|–—\n]|\.\s|\s-\s/;

/**
 * Positions of the words a noun phrase ends with, among the first `limit`: in English the last noun says what a thing
 * is, so `Optical mouse USB` is a mouse and `mouse pad, black` is not. A phrase ends at the end of the text, at
 * punctuation, and before a number, a preposition, or a word in capitals behind one that is not.
 */
export function headPositions(source: string, tokens: readonly Token[], limit: number): ReadonlySet<number> {
  const heads = new Set<number>();
  let before: Token | null = null;
  for (const token of tokens) {
    if (token.parts > 1 || token.kind === "bigram" || token.kind === "char") continue;
    if (before !== null && endsBefore(source, before, token)) heads.add(before.position);
    if (token.position >= limit) return heads;
    before = token;
  }
  if (before !== null) heads.add(before.position);
  return heads;
}

function endsBefore(source: string, word: Token, next: Token): boolean {
  if (next.kind === "number" || LINKS.has(next.text)) return true;
  const code = next.text.charCodeAt(0);
  if (code >= 0x30 && code <= 0x39) return true;
  // Most words stand behind one space.
  if (next.from - word.to > 1 || source.charCodeAt(word.to) !== 0x20) {
    if (BREAK.test(source.slice(word.to, next.from))) return true;
  }
  return isCapitals(source, next) && !isCapitals(source, word);
}

/** Two letters or more, all of them capitals, or of a script without. */
function isCapitals(source: string, { from, to }: Token): boolean {
  const word = source.slice(from, to);
  return to - from > 1 && word === word.toUpperCase();
}
