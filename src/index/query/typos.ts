import { EXPANSION_WEIGHTS, typoWeight } from "../scoring.ts";
import { stem } from "../text/stem.ts";
import { allowedEdits } from "./fuzzy.ts";
import type { QueryWord } from "./parse.ts";
import type { Expansion, LiveTerms, WordPlan } from "./word-plan.ts";

const MAX_TYPOS = 16;
const SHORT_WORD = 3;
const MAX_TOGETHER = 3;
const PREFIX_TYPO_LENGTH = 5;
/** A word in no more documents than this may be a misspelling of one that is so many times as frequent. */
const RARE = { documents: 2, minLength: 5, factor: 50 };
/** The same for letters that are no word, and that few words begin with. */
const RARE_BEGINNING = { documents: 100, minLength: 3, factor: 10 };

/** Adds what a word may be a misspelling of: where nothing matches it, and where hardly anything does. */
export function addTypos(plan: WordPlan, word: QueryWord, live: LiveTerms): void {
  if (word.kind !== "word") return;
  const edits = allowedEdits(word.text);
  if (edits === 0) return;
  if (plan.expansions.length === 0 && plan.prefix === null && plan.edge === null)
    addNear(plan, word, edits, live);
  else addLikelier(plan, word, live);
}

/** A word that was misspelt, as what it most probably means; any other as it is. */
export function corrected(plan: WordPlan, word: QueryWord): QueryWord {
  const best = plan.expansions.find(({ kind }) => kind === "typo");
  if (best === undefined || plan.expansions.some(({ kind }) => kind === "exact")) return word;
  return { ...word, text: best.term, stem: stem(best.term) };
}

function addNear(plan: WordPlan, word: QueryWord, edits: number, live: LiveTerms): void {
  const prefix = word.open && word.text.length >= PREFIX_TYPO_LENGTH;
  // Only the nearest are kept, and few edits are found far faster than many.
  for (let distance = 1; distance <= edits; distance++) {
    const near = neighbours(word.text, distance, prefix, live);
    if (near.length === 0) continue;
    const most = Math.max(...near.map(({ frequency }) => frequency));
    const known = new Set(near.map(({ term }) => term));
    for (const { term, whole, frequency } of near) {
      const weights = whole ? EXPANSION_WEIGHTS.typo : EXPANSION_WEIGHTS.prefixTypo;
      const weight = typoWeight(weights[distance], frequency, most);
      plan.expansions.push({ term, weight, kind: "typo", distance });
      if (whole) addSingular(plan, term, weight, distance, known, live);
    }
    return;
  }
}

function neighbours(text: string, distance: number, prefix: boolean, live: LiveTerms) {
  const near = live.near(text, distance, prefix).slice(0, MAX_TYPOS);
  if (text.length > SHORT_WORD) return near;
  // Any change makes another word of three letters: only a letter left out is likely.
  return near.filter(({ term }) => term.length === SHORT_WORD + 1);
}

/** What was probably meant also finds its singular, and is as rare as that. */
function addSingular(
  plan: WordPlan,
  term: string,
  weight: number,
  distance: number,
  known: ReadonlySet<string>,
  live: LiveTerms,
): void {
  const singular = stem(term);
  plan.primary ??= live.frequency(singular) > 0 ? singular : term;
  if (known.has(singular) || live.frequency(singular) === 0) return;
  const stemmed = Math.round((weight * EXPANSION_WEIGHTS.stem) / EXPANSION_WEIGHTS.exact);
  plan.expansions.push({ term: singular, weight: stemmed, kind: "typo", distance });
}

/** A word that exists, but hardly, may be a misspelling of a frequent one; so may what hardly a word begins with. */
function addLikelier(plan: WordPlan, word: QueryWord, live: LiveTerms): void {
  const isWord = plan.primary !== null;
  const { documents, minLength, factor } = isWord ? RARE : RARE_BEGINNING;
  if (word.text.length < minLength) return;
  const own = commonness(plan, documents + 1, live);
  if (own === 0 || own > documents) return;
  const known = new Set(plan.expansions.map(({ term }) => term));
  const weight = isWord ? EXPANSION_WEIGHTS.likelyTypo : EXPANSION_WEIGHTS.typo[1];
  for (const { term, distance, frequency } of neighbours(word.text, 1, false, live)) {
    if (frequency < own * factor || known.has(term)) continue;
    plan.expansions.push({ term, weight, kind: "typo", distance });
  }
}

/**
 * Adds their neighbours to words that exist: for words that no document has together, such as `memory cad`. `null` where
 * there are none, where a word was corrected already, or with so many words that they need not be together.
 */
export function withNeighbours(plans: readonly WordPlan[], live: LiveTerms): WordPlan[] | null {
  if (plans.length < 2 || plans.length > MAX_TOGETHER || plans.some(isCorrected)) return null;
  let isWider = false;
  const wider = plans.map((plan) => {
    const exists = plan.primary !== null || plan.prefix !== null;
    const near = exists && allowedEdits(plan.word) > 0 ? neighbours(plan.word, 1, false, live) : [];
    const known = new Set(plan.expansions.map(({ term }) => term));
    const added = near.filter(({ term }) => !known.has(term));
    if (added.length > 0) isWider = true;
    const expansions = added.map(({ term, distance }) => neighbourOf(term, distance));
    return { ...plan, expansions: [...plan.expansions, ...expansions] };
  });
  return isWider ? wider : null;
}

function isCorrected({ expansions }: WordPlan): boolean {
  return expansions.some(({ kind }) => kind === "typo");
}

function neighbourOf(term: string, distance: number): Expansion {
  return { term, weight: EXPANSION_WEIGHTS.neighbour, kind: "typo", distance };
}

/** Documents with the word, or with what begins so while it is open; counted to `limit`. */
function commonness(plan: WordPlan, limit: number, live: LiveTerms): number {
  if (plan.prefix !== null) return live.beginning(plan.prefix, limit);
  return plan.primary === null ? 0 : Math.min(limit, live.frequency(plan.primary));
}
