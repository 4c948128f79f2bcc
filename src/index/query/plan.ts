import { EDGE_LENGTH, edgeTerm } from "../analysis.ts";
import { EXPANSION_WEIGHTS } from "../scoring.ts";
import type { Synonyms } from "../synonyms.ts";
import { stem } from "../text/stem.ts";
import { tokenize } from "../text/tokenize.ts";
import type { LiveTerms, PhraseExpansion, WordPlan } from "./word-plan.ts";
import { MAX_QUERY_WORDS, phraseOf } from "./parse.ts";
import { addTypos, corrected } from "./typos.ts";
import type { ParsedQuery, Phrase, QueryWord } from "./parse.ts";

const MAX_JOINED = 40;
const MAX_SPLITS = 2;
const SPLIT_LENGTHS = { min: 3, max: 24 };

/** Decides what each word may match: exact terms, compounds, prefixes, and typos where nothing else is there. */
export function planQuery(query: ParsedQuery, live: LiveTerms, synonyms: Synonyms = new Map()): WordPlan[] {
  const words = query.words.flatMap((word) => resolveCompound(word, live)).slice(0, MAX_QUERY_WORDS);
  const plans = words.map((word, i) => {
    const plan = planWord(word, live);
    joinNeighbours(plan, words[i - 1], word, live);
    joinNeighbours(plan, word, words[i + 1], live);
    addSynonyms(plan, synonyms, live);
    addTypos(plan, word, live);
    return plan;
  });
  joinCorrected(plans, words, live);
  const phrases = query.required.map(({ phrase, position, text }) => ({
    ...emptyPlan(text, position),
    phrases: [{ phrase, weight: EXPANSION_WEIGHTS.exact, kind: "exact" as const }],
    required: true,
  }));
  return [...plans, ...phrases].slice(0, MAX_QUERY_WORDS).sort((a, b) => a.position - b.position);
}

function emptyPlan(word: string, position: number): WordPlan {
  return {
    word,
    position,
    expansions: [],
    phrases: [],
    prefix: null,
    edge: null,
    primary: null,
    required: false,
  };
}

/** A compound that no document has as one word is its parts. */
function resolveCompound(word: QueryWord, live: LiveTerms): readonly QueryWord[] {
  if (word.kind !== "compound" || live.frequency(word.stem) > 0) return [word];
  if (word.open && live.begins(word.text)) return [word];
  return word.parts;
}

function planWord(word: QueryWord, live: LiveTerms): WordPlan {
  const plan = emptyPlan(word.text, word.position);
  addExact(plan, word, live);
  if (word.kind === "compound") {
    if (!word.alwaysJoined) plan.phrases.push(partsPhrase(word));
  } else addSplits(plan, word, live);
  if (word.open) openEnd(plan, word.text, live);
  return plan;
}

function addExact(plan: WordPlan, { text, stem }: QueryWord, live: LiveTerms): void {
  if (live.frequency(stem) > 0) {
    const weight = stem === text ? EXPANSION_WEIGHTS.exact : EXPANSION_WEIGHTS.stem;
    plan.primary = stem;
    plan.expansions.push({ term: stem, weight, kind: "exact", distance: 0 });
  }
  if (stem !== text && live.frequency(text) > 0) {
    plan.expansions.push({ term: text, weight: EXPANSION_WEIGHTS.exact, kind: "exact", distance: 0 });
  }
}

function partsPhrase({ parts }: QueryWord): PhraseExpansion {
  const phrase = parts.map((part) => ({ term: part.stem, offset: part.position - parts[0].position }));
  return { phrase, weight: EXPANSION_WEIGHTS.parts, kind: "compound" };
}

function openEnd(plan: WordPlan, text: string, live: LiveTerms): void {
  if (text.length > EDGE_LENGTH) {
    if (live.begins(text)) plan.prefix = text;
    return;
  }
  if (live.begins(edgeTerm(text))) plan.edge = text;
}

/** `t shirt` also finds `tshirt`, which then matches both words. */
function joinNeighbours(
  plan: WordPlan,
  first: QueryWord | undefined,
  second: QueryWord | undefined,
  live: LiveTerms,
): void {
  if (first === undefined || second === undefined || second.position !== first.position + 1) return;
  if (
    first.kind === "bigram" ||
    second.kind === "bigram" ||
    first.kind === "compound" ||
    second.kind === "compound"
  )
    return;
  const joined = first.text + second.text;
  const stemmed = first.text + second.stem;
  if (joined.length > MAX_JOINED || (first.kind === "number" && second.kind === "number")) return;
  for (const term of new Set([stemmed, joined])) {
    if (live.frequency(term) > 0)
      plan.expansions.push({ term, weight: EXPANSION_WEIGHTS.joined, kind: "compound", distance: 0 });
  }
}

/** `smrt watch` also finds `smartwatch`: words that were misspelt are joined as what they probably mean. */
function joinCorrected(plans: readonly WordPlan[], words: readonly QueryWord[], live: LiveTerms): void {
  for (let i = 1; i < words.length; i++) {
    const first = corrected(plans[i - 1], words[i - 1]);
    const second = corrected(plans[i], words[i]);
    if (first === words[i - 1] && second === words[i]) continue;
    joinNeighbours(plans[i - 1], first, second, live);
    joinNeighbours(plans[i], first, second, live);
  }
}

/** `tshirt` also finds `t shirt`: the cuts whose rarer part is most frequent. */
function addSplits(plan: WordPlan, word: QueryWord, live: LiveTerms): void {
  const { text, stem } = word;
  if (word.kind !== "word" || text.length < SPLIT_LENGTHS.min || text.length > SPLIT_LENGTHS.max) return;
  const splits: { phrase: Phrase; frequency: number }[] = [];
  for (let cut = 1; cut < stem.length; cut++) {
    const [first, second] = [stem.slice(0, cut), stem.slice(cut)];
    const before = live.frequency(first);
    const frequency = before === 0 ? 0 : Math.min(before, live.frequency(second));
    if (frequency === 0) continue;
    splits.push({
      phrase: [
        { term: first, offset: 0 },
        { term: second, offset: 1 },
      ],
      frequency,
    });
  }
  splits.sort((a, b) => b.frequency - a.frequency);
  for (const { phrase } of splits.slice(0, MAX_SPLITS)) {
    plan.phrases.push({ phrase, weight: EXPANSION_WEIGHTS.split, kind: "compound" });
  }
}

function addSynonyms(plan: WordPlan, synonyms: Synonyms, live: LiveTerms): void {
  for (const synonym of synonyms.get(stem(plan.word)) ?? []) {
    const phrase = phraseOf(tokenize(synonym, MAX_QUERY_WORDS), true);
    const weight = EXPANSION_WEIGHTS.synonym;
    if (phrase.length > 1) plan.phrases.push({ phrase, weight, kind: "synonym" });
    else if (phrase.length === 1 && live.frequency(phrase[0].term) > 0) {
      plan.expansions.push({ term: phrase[0].term, weight, kind: "synonym", distance: 0 });
    }
  }
}
