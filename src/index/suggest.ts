import { mostFrequent } from "./query/facets.ts";
import { search } from "./search.ts";
import type { IndexSnapshot } from "./snapshot.ts";
import { TIER } from "./scoring.ts";
import { isStopWord } from "./text/stop-words.ts";
import { prefixEnd, tokenize } from "./text/tokenize.ts";
import type { Token } from "./text/tokenize.ts";
import type { FacetValue, SearchAnswer, SearchHit, Suggestion } from "./types.ts";

/** So many of the best hits are read for words that complete the query. */
const SAMPLE = 50;
const MAX_QUERIES = 5;
const MAX_BRANDS = 2;
const MAX_CATEGORIES = 2;
const MAX_SUGGESTIONS = 10;
/** A word that only follows a completion is worth suggesting with it from so many titles on. */
const MIN_PAIRS = 2;
const MIN_COMPLETION = 3;

/**
 * What may be meant by a query being typed, from its first letter: words and pairs of words of the best hits that
 * complete it, then brands, categories and products; each text once a kind, at most `limit` (up to 10). Misspelt queries are
 * completed by what they probably mean. A category's text is its path, as filters take it.
 */
export function suggest(snapshot: IndexSnapshot, query: string, limit: number): Suggestion[] {
  const typed = words(query);
  if (typed.length === 0) return [];
  const answer = search(snapshot, {
    query,
    filters: [],
    facets: ["brand", "category"],
    sort: "relevance",
    limit: SAMPLE,
    after: null,
    explain: false,
  });
  const hits = bestTier(answer.hits);
  const found: Suggestion[] = [
    ...completions(query, typed, hits).slice(0, MAX_QUERIES),
    ...named("brand", answer, typed).slice(0, MAX_BRANDS),
    ...named("category", answer, typed).slice(0, MAX_CATEGORIES),
    ...hits.map(({ id, title, highlights }): Suggestion => ({
      text: title,
      kind: "product",
      id,
      highlights: highlights.title,
    })),
  ];
  return distinct(found).slice(0, Math.max(0, Math.min(limit, MAX_SUGGESTIONS)));
}

/** One token a word; compounds and characters within bigrams left out. */
function words(text: string): Token[] {
  return tokenize(text).filter((token) => token.parts === 1 && token.kind !== "bigram");
}

/** Hits that match as many words as the first. */
function bestTier(hits: readonly SearchHit[]): SearchHit[] {
  const tier = Math.floor((hits[0]?.score ?? 0) / TIER);
  return hits.filter((hit) => Math.floor(hit.score / TIER) === tier);
}

/** The query with its last word completed, and with the word that often follows. */
function completions(query: string, typed: readonly Token[], hits: readonly SearchHit[]): Suggestion[] {
  const last = typed[typed.length - 1];
  const open = /\S$/.test(query);
  const before = typed.slice(0, open ? -1 : undefined).map((token) => token.text);
  const single = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const hit of hits) {
    const title = words(hit.title);
    for (const [i, token] of title.entries()) {
      if (open ? !isMeant(token, last, hit) : title[i - 1]?.text !== last.text) continue;
      if (before.includes(token.text) || isStopWord(token.text) || token.text.length < MIN_COMPLETION)
        continue;
      const text = [...before, sourceWord(hit.title, token)].join(" ");
      count(single, text);
      const next = title[i + 1];
      if (next !== undefined && next.kind === "word" && next.text.length > 2)
        count(pairs, `${text} ${sourceWord(hit.title, next)}`);
    }
  }
  const frequent = mostFrequent(pairs, MAX_QUERIES).filter((pair) => pair.count >= MIN_PAIRS);
  const ranked = [...mostFrequent(single, MAX_QUERIES), ...frequent].sort(
    (a, b) => b.count - a.count || a.value.length - b.value.length,
  );
  return ranked.map(({ value }) => ({ text: value, kind: "query", highlights: typedRanges(value, typed) }));
}

/** Whether a word of a hit's title is what the last word typed became: it begins so, or it is marked as matched. */
function isMeant(token: Token, last: Token, hit: SearchHit): boolean {
  if (token.text.startsWith(last.text)) return true;
  const marked = hit.highlights.title.some(([from, to]) => from <= token.from && token.to <= to);
  return marked && Math.abs(token.text.length - last.text.length) <= 2 + last.text.length;
}

function sourceWord(title: string, token: Token): string {
  return title.slice(token.from, token.to).toLowerCase();
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Brands or categories among the hits that have all words typed, the last one begun. */
function named(kind: "brand" | "category", answer: SearchAnswer, typed: readonly Token[]): Suggestion[] {
  const values = (answer.facets[kind] ?? []) as readonly FacetValue[];
  return values
    .map(({ value }): Suggestion => ({ text: value, kind, highlights: typedRanges(value, typed) }))
    .filter(({ text, highlights }) => {
      // Of a category only its own name counts, not those above it.
      const own = kind === "category" ? text.lastIndexOf("/") : -1;
      return highlights.length >= typed.length && highlights.some(([from]) => from > own);
    });
}

/** Where words of `text` begin with a word typed. */
function typedRanges(text: string, typed: readonly Token[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const token of words(text)) {
    const begun = typed.find((word) => token.text.startsWith(word.text));
    if (begun !== undefined) ranges.push([token.from, prefixEnd(text, token, begun.text.length)]);
  }
  return ranges;
}

function distinct(suggestions: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return suggestions.filter(({ text, kind }) => {
    const key = `${kind} ${kind === "category" ? text : text.toLowerCase()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
