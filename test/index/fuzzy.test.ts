import { describe, expect, it } from "vitest";
import { allowedEdits, fuzzyTerms } from "../../src/index/query/fuzzy.ts";
import { product, segmentOf } from "./fixtures.ts";
import { alignmentDistances } from "./alignment.ts";
import { misspell, Random } from "./random.ts";

function randomWord(random: Random, alphabet: string): string {
  return Array.from({ length: 1 + random.below(9) }, () => random.pick([...alphabet])).join("");
}

describe("fuzzyTerms", () => {
  it.each(["abc", "abcdefgh", "абвz", "ακz1"])(
    "finds what a full distance matrix finds, over the letters %s",
    (alphabet) => {
      const random = new Random(alphabet.length);
      const words = [...new Set(Array.from({ length: 900 }, () => randomWord(random, alphabet)))];
      const { terms } = segmentOf(words.map((word, i) => product(`p${i}`, { description: word })));
      const all = Array.from({ length: terms.size - terms.firstWord }, (_, i) =>
        terms.text(terms.firstWord + i),
      );
      for (let i = 0; i < 120; i++) {
        const word = misspell(random, random.pick(words)).slice(0, 12);
        if (word === "") continue;
        const [edits, prefix] = [random.below(3), random.chance(0.5)];
        const expected = all.flatMap((term) => {
          const distances = alignmentDistances(word, term);
          const whole = distances[distances.length - 1];
          const begun = prefix ? Math.min(...distances.slice(1)) : 99;
          const distance = Math.min(whole, begun);
          return distance <= edits ? [{ term, distance, whole: whole <= begun }] : [];
        });
        const found = fuzzyTerms(terms, word, edits, prefix).map((hit) => ({
          ...hit,
          term: terms.text(hit.term),
        }));
        expect(found, `${word} within ${edits}${prefix ? " as prefix" : ""}`).toEqual(expected);
      }
    },
  );

  it("forgives more in longer words, little beside digits and nothing in numbers", () => {
    expect(["ca", "lamp", "laptops", "keyboard", "iphone15", "mx5", "12345"].map(allowedEdits)).toEqual([
      0, 1, 1, 2, 1, 0, 0,
    ]);
    expect(allowedEdits("a".repeat(40))).toBe(0);
  });
});
