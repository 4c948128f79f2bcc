import { EXPANSION_WEIGHTS, typoWeight } from "../scoring.ts";
import { stem } from "../text/stem.ts";
import { allowedEdits } from "./fuzzy.ts";
import type { QueryWord } from "./parse.ts";
import type { LiveTerms, WordPlan } from "./word-plan.ts";

const MAX_TYPOS = 16;
const SHORT_WORD = 3;
const PREFIX_TYPO_LENGTH = 5;
/** A word in no more documents than this may be a misspelling of one that is so many times as frequent. */
const RARE = { documents: 2, minLength: 5, factor: 50 };

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
  // Only the nearest are kept, and few edits are found far faster than many.
  for (let distance = 1; distance <= edits; distance++) {
    const near = neighbours(word, distance, live);
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

function neighbours(word: QueryWord, distance: number, live: LiveTerms) {
  const prefix = word.open && word.text.length >= PREFIX_TYPO_LENGTH;
  const near = live.near(word.text, distance, prefix).slice(0, MAX_TYPOS);
  if (word.text.length > SHORT_WORD) return near;
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

/** A word that exists, but hardly, may be a misspelling of a frequent one. */
function addLikelier(plan: WordPlan, word: QueryWord, live: LiveTerms): void {
  if (plan.primary === null || plan.prefix !== null || word.text.length < RARE.minLength) return;
  const own = live.frequency(plan.primary);
  if (own > RARE.documents) return;
  const known = new Set(plan.expansions.map(({ term }) => term));
  for (const { term, distance, frequency } of live.near(word.text, 1, false).slice(0, MAX_TYPOS)) {
    if (frequency < own * RARE.factor || known.has(term)) continue;
    plan.expansions.push({ term, weight: EXPANSION_WEIGHTS.likelyTypo, kind: "typo", distance });
  }
}
