import type { Explanation } from "../types.ts";
import type { Phrase } from "./parse.ts";

export type MatchKind = Explanation["words"][number]["matched"][number]["kind"];

export interface Expansion {
  term: string;
  weight: number;
  kind: MatchKind;
  distance: number;
}

export interface PhraseExpansion {
  phrase: Phrase;
  weight: number;
  kind: MatchKind;
}

/** All that a word of the query may match. A document's impact is the greatest of any of them. */
export interface WordPlan {
  word: string;
  /** Among the words typed. */
  position: number;
  expansions: Expansion[];
  phrases: PhraseExpansion[];
  /** Terms that begin so match as well, weighed by how much was typed. */
  prefix: string | null;
  /** The first letters typed of a word too short for `prefix`. */
  edge: string | null;
  /** Its live documents make the word's frequency; without it, all that match do. */
  primary: string | null;
  /** A hit must match. */
  required: boolean;
}

/** What planning asks about the live documents. */
export interface LiveTerms {
  frequency(term: string): number;
  begins(prefix: string): boolean;
  /** Documents of all terms that begin so, one counted for each of its terms, but at most `limit`. */
  beginning(prefix: string, limit: number): number;
  near(
    word: string,
    edits: number,
    prefix: boolean,
  ): readonly { term: string; distance: number; whole: boolean; frequency: number }[];
}
