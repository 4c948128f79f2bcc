import { edgeTerm } from "../analysis.ts";
import { PostingReader } from "../postings.ts";
import { MAX_IMPACT } from "../scoring.ts";
import type { Segment } from "../segment.ts";
import type { Explanation } from "../types.ts";
import type { Group } from "./evaluate.ts";
import { visitPhrase } from "./phrases.ts";
import type { Parts } from "./rank.ts";

type Match = Explanation["words"][number]["matched"][number];

/** At most this many terms are named for one word of one hit. */
const MAX_TERMS = 8;

/** How the score of one document came about. Slow: it looks for the document in every list. */
export function explain(
  groups: readonly Group[],
  segment: Segment,
  doc: number,
  at: number,
  parts: Parts,
): Explanation {
  const words = groups
    .filter((group) => group.slot[at] !== 0)
    .map((group) => {
      const weighted = group.slot[at] >> 8;
      return {
        word: group.plan.word,
        matched: matches(group, segment, doc),
        idf: group.idf,
        impact: weighted / (MAX_IMPACT * MAX_IMPACT),
        score: group.unit * weighted,
      };
    });
  const { matchedWords, proximity, exactness, popularity } = parts;
  return { words, matchedWords, proximity, exactness, popularity };
}

function matches({ plan }: Group, segment: Segment, doc: number): Match[] {
  const found: Match[] = [];
  const { terms } = segment;
  for (const { term, kind, distance } of plan.expansions) {
    const place = terms.find(term);
    if (place < 0 || !has(segment, place, doc)) continue;
    found.push({ term, kind, distance });
  }
  if (plan.prefix !== null) {
    const [from, to] = terms.prefixRange(plan.prefix);
    for (let place = from; place < to && found.length < MAX_TERMS; place++) {
      const term = terms.text(place);
      if (found.some((match) => match.term === term) || !has(segment, place, doc)) continue;
      found.push({ term, kind: "prefix", distance: 0 });
    }
  }
  if (plan.edge !== null) {
    const [from, to] = terms.prefixRange(edgeTerm(plan.edge));
    let place = from;
    while (place < to && !has(segment, place, doc)) place++;
    if (place < to) found.push({ term: `${plan.edge}…`, kind: "prefix", distance: 0 });
  }
  for (const { phrase, kind } of plan.phrases) {
    let met = false;
    visitPhrase(segment, null, phrase, (other) => (met ||= other === doc));
    if (met) found.push({ term: phrase.map(({ term }) => term).join(" "), kind, distance: 0 });
  }
  return found.slice(0, MAX_TERMS);
}

function has(segment: Segment, term: number, doc: number): boolean {
  const reader = new PostingReader(segment, term);
  while (reader.next() && reader.doc < doc);
  return reader.doc === doc;
}
