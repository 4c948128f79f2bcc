import { PostingReader, isDead } from "../postings.ts";
import type { Dead } from "../postings.ts";
import type { Segment } from "../segment.ts";
import type { Phrase } from "./parse.ts";

/** Sees a document that has the phrase: the least impact of its terms, and where the first stands in the title (as postings say it). */
export type PhraseVisitor = (doc: number, impact: number, title: number) => void;

/** Visits the live documents whose title or description has the terms of `phrase` side by side, in order. */
export function visitPhrase(segment: Segment, dead: Dead, phrase: Phrase, visit: PhraseVisitor): void {
  const terms = phrase.map(({ term }) => segment.terms.find(term));
  if (terms.length === 0 || terms.includes(-1)) return;
  const readers = terms.map((term) => new PostingReader(segment, term));
  const rarest = readers.reduce((best, reader) => (reader.frequency < best.frequency ? reader : best));
  while (rarest.next()) {
    if (isDead(dead, rarest.doc)) continue;
    const met = meet(readers, rarest.doc);
    if (met === "end") return;
    if (met === "none") continue;
    const first = phraseStart(readers, phrase);
    if (first < 0) continue;
    let impact = 255;
    for (const reader of readers) impact = Math.min(impact, reader.impact);
    visit(rarest.doc, impact, titleOf(readers[0].title, first));
  }
}

/** Brings all readers to `doc`, if all have it. */
function meet(readers: readonly PostingReader[], doc: number): "all" | "none" | "end" {
  let all = true;
  for (const reader of readers) {
    while (reader.doc < doc) if (!reader.next()) return "end";
    if (reader.doc !== doc) all = false;
  }
  return all ? "all" : "none";
}

/** The first position of the phrase in the present document, -1 where the terms stand apart. */
function phraseStart(readers: readonly PostingReader[], phrase: Phrase): number {
  const positions = readers.map((reader) => reader.positions());
  for (const start of positions[0]) {
    if (phrase.every(({ offset }, i) => holds(positions[i], start + offset))) return start;
  }
  return -1;
}

/** The title position of a phrase that begins at `first`, if that is within the title positions of its first term. */
function titleOf(title: number, first: number): number {
  return title > 0 && 255 - title === first ? title : 0;
}

function holds(ascending: readonly number[], value: number): boolean {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === value;
}
