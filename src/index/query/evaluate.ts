import { edgeTerm, termBytes } from "../analysis.ts";
import { PostingReader, isDead } from "../postings.ts";
import { EXPANSION_WEIGHTS, impactUnit, inverseDocumentFrequency, prefixWeight } from "../scoring.ts";
import type { Segment } from "../segment.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import type { ParsedQuery } from "./parse.ts";
import { visitPhrase } from "./phrases.ts";
import type { LiveTerms, WordPlan } from "./word-plan.ts";
import type { Scratch } from "./scratch.ts";
import { takeDocument, walkPostings } from "./walk.ts";
import type { WalkTarget } from "./walk.ts";

/** A word that matches live documents. */
export interface Group {
  plan: WordPlan;
  slot: Int32Array;
  idf: number;
  /** What one unit of impact × weight adds to a score. */
  unit: number;
}

/** What the postings said: slots, counts and touched documents are in the scratch memory. */
export interface Evaluation {
  groups: readonly Group[];
  /** By segment: the number of its first document, and where its part of `touched` begins; one more at the end. */
  bases: readonly number[];
  touchedStarts: readonly number[];
  /** Words evaluated, for clearing. */
  slots: number;
  hasBanned: boolean;
}

/** Walks all postings of the query, segment by segment. */
export function evaluate(
  snapshot: IndexSnapshot,
  query: ParsedQuery,
  plans: readonly WordPlan[],
  live: LiveTerms,
  scratch: Scratch,
): Evaluation {
  const bases = basesOf(snapshot);
  scratch.reserve(bases[bases.length - 1]);
  const frequencies = plans.map(() => 0);
  const touchedStarts = [0];
  const { matched, touched } = scratch;
  let touchedCount = 0;
  snapshot.segments.forEach(({ segment, dead }, s) => {
    plans.forEach((plan, word) => {
      const slot = scratch.slot(word);
      const target: WalkTarget = { slot, matched, touched, touchedCount, base: bases[s], dead, fresh: 0 };
      walkWord(segment, plan, target);
      frequencies[word] += target.fresh;
      touchedCount = target.touchedCount;
    });
    touchedStarts.push(touchedCount);
  });
  const groups: Group[] = [];
  plans.forEach((plan, word) => {
    if (frequencies[word] === 0 && !plan.required) return;
    const primary = plan.primary === null ? 0 : live.frequency(plan.primary);
    const idf = inverseDocumentFrequency(snapshot.liveCount, primary > 0 ? primary : frequencies[word]);
    groups.push({ plan, slot: scratch.slot(word), idf, unit: impactUnit(idf) });
  });
  const hasBanned = banExcluded(snapshot, query, bases, scratch);
  return { groups, bases, touchedStarts, slots: plans.length, hasBanned };
}

/** Whether a document matches every word that any document matches, whatever is excluded. */
export function anyMatchesAll({ groups, touchedStarts }: Evaluation, { matched, touched }: Scratch): boolean {
  const all = groups.length;
  if (all < 2) return true;
  const end = touchedStarts[touchedStarts.length - 1];
  for (let i = 0; i < end; i++) if (matched[touched[i]] === all) return true;
  return false;
}

/** The number of each segment's first document, and of all. */
export function basesOf(snapshot: IndexSnapshot): number[] {
  const bases = [0];
  for (const { segment } of snapshot.segments) bases.push(bases[bases.length - 1] + segment.size);
  return bases;
}

function walkWord(segment: Segment, plan: WordPlan, target: WalkTarget): void {
  const { terms } = segment;
  const { postings, postingOffsets } = terms;
  for (const { term, weight } of plan.expansions) {
    const found = terms.find(term);
    if (found >= 0) walkPostings(postings, postingOffsets[found], weight, target);
  }
  if (plan.prefix !== null) {
    const typed = termBytes(plan.prefix);
    const [from, to] = terms.prefixRange(plan.prefix);
    for (let term = from; term < to; term++) {
      walkPostings(postings, postingOffsets[term], prefixWeight(typed, terms.byteLength(term)), target);
    }
  }
  if (plan.edge !== null) {
    const [from, to] = terms.prefixRange(edgeTerm(plan.edge));
    for (let term = from; term < to; term++) {
      walkPostings(postings, postingOffsets[term], EXPANSION_WEIGHTS.edge, target);
    }
  }
  for (const { phrase, weight } of plan.phrases) {
    visitPhrase(segment, target.dead, phrase, (doc, impact, title) => {
      takeDocument(doc, ((weight * impact) << 8) | title, target);
    });
  }
}

function banExcluded(
  snapshot: IndexSnapshot,
  query: ParsedQuery,
  bases: readonly number[],
  scratch: Scratch,
): boolean {
  const { banned } = scratch;
  snapshot.segments.forEach(({ segment, dead }, s) => {
    for (const { terms, phrase } of query.excluded) {
      for (const term of terms) {
        const found = segment.terms.find(term);
        if (found < 0) continue;
        const reader = new PostingReader(segment, found);
        while (reader.next()) if (!isDead(dead, reader.doc)) banned[bases[s] + reader.doc] = 1;
      }
      if (phrase !== null) visitPhrase(segment, dead, phrase, (doc) => (banned[bases[s] + doc] = 1));
    }
  });
  return query.excluded.length > 0;
}
