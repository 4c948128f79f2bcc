import { isDead, liveFrequency } from "../postings.ts";
import { PostingReader } from "../postings.ts";
import type { IndexSnapshot, SnapshotSegment } from "../snapshot.ts";
import { fuzzyTerms } from "./fuzzy.ts";

/** A term near a misspelt word. */
export interface Neighbour {
  term: string;
  distance: number;
  whole: boolean;
  frequency: number;
}

/** What the live documents of all segments say about terms; answers are kept for one query. */
export class Lexicon {
  readonly #snapshot: IndexSnapshot;
  readonly #frequencies = new Map<string, number>();

  constructor(snapshot: IndexSnapshot) {
    this.#snapshot = snapshot;
  }

  /** Live documents with `term`. */
  frequency(term: string): number {
    let known = this.#frequencies.get(term);
    if (known === undefined) {
      known = 0;
      for (const { segment, dead } of this.#snapshot.segments) {
        const found = segment.terms.find(term);
        if (found >= 0) known += liveFrequency(segment, dead, found);
      }
      this.#frequencies.set(term, known);
    }
    return known;
  }

  /** Whether a live document has a term that begins with `prefix`. */
  begins(prefix: string): boolean {
    return this.#snapshot.segments.some((entry) => beginsIn(entry, prefix));
  }

  /** Live documents of all terms that begin with `prefix`, one counted for each of its terms, but at most `limit`. */
  beginning(prefix: string, limit: number): number {
    let sum = 0;
    for (const { segment, dead } of this.#snapshot.segments) {
      const [from, to] = segment.terms.prefixRange(prefix);
      for (let term = from; term < to && sum < limit; term++) sum += liveFrequency(segment, dead, term);
    }
    return Math.min(sum, limit);
  }

  /** Live terms within `edits` of `word`, the nearest first, then whole ones, then the most frequent. */
  near(word: string, edits: number, prefix: boolean): Neighbour[] {
    const merged = new Map<string, Neighbour>();
    for (const { segment, dead } of this.#snapshot.segments) {
      for (const { term, distance, whole } of fuzzyTerms(segment.terms, word, edits, prefix)) {
        const frequency = liveFrequency(segment, dead, term);
        if (frequency === 0) continue;
        const text = segment.terms.text(term);
        const known = merged.get(text);
        if (known === undefined) merged.set(text, { term: text, distance, whole, frequency });
        else known.frequency += frequency;
      }
    }
    return [...merged.values()].sort(compareNeighbours);
  }
}

function compareNeighbours(a: Neighbour, b: Neighbour): number {
  if (a.distance !== b.distance) return a.distance - b.distance;
  if (a.whole !== b.whole) return a.whole ? -1 : 1;
  if (a.frequency !== b.frequency) return b.frequency - a.frequency;
  return a.term < b.term ? -1 : 1;
}

function beginsIn({ segment, dead }: SnapshotSegment, prefix: string): boolean {
  const [from, to] = segment.terms.prefixRange(prefix);
  if (dead === null) return to > from;
  for (let term = from; term < to; term++) {
    const reader = new PostingReader(segment, term);
    while (reader.next()) if (!isDead(dead, reader.doc)) return true;
  }
  return false;
}
