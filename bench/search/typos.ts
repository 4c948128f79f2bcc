import { pick, pickIndex } from "../random.ts";
import type { Random } from "../random.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const EDITS = ["swap", "delete", "insert", "replace"] as const;

function edited(word: string, random: Random): string {
  const at = pickIndex(random, word.length);
  const letter = pick(random, [...LETTERS]);
  switch (pick(random, EDITS)) {
    case "swap": {
      const left = Math.min(at, word.length - 2);
      return word.slice(0, left) + word[left + 1] + word[left] + word.slice(left + 2);
    }
    case "delete":
      return word.slice(0, at) + word.slice(at + 1);
    case "insert":
      return word.slice(0, at) + letter + word.slice(at);
    default:
      return word.slice(0, at) + letter + word.slice(at + 1);
  }
}

/**
 * One random edit (two neighbours swapped, a letter left out, put in or replaced; the first letter too) in one word of
 * four letters or more. `null` for a query without such a word.
 */
export function withTypo(query: string, random: Random): string | null {
  const words = query.split(" ");
  const long = words.flatMap((word, i) => (/^[\p{L}\p{N}]{4,}$/u.test(word) ? [i] : []));
  if (long.length === 0) return null;
  const at = pick(random, long);
  for (;;) {
    const word = edited(words[at], random);
    if (word !== words[at]) return words.with(at, word).join(" ");
  }
}
