import { stem } from "../text/stem.ts";
import { isStopWord } from "../text/stop-words.ts";
import { tokenize } from "../text/tokenize.ts";
import type { Token } from "../text/tokenize.ts";

export const MAX_QUERY_WORDS = 32;
/** Beyond this many UTF-16 code units a query is not read. */
const MAX_QUERY_UNITS = 4_096;
const QUOTES = '"“”„″';

/** Terms that stand side by side: each at its offset from the first. */
export type Phrase = readonly { term: string; offset: number }[];

export interface QueryWord {
  kind: "word" | "number" | "bigram" | "compound";
  /** As typed, folded; of a compound its parts as one. */
  text: string;
  stem: string;
  /** Of the first part among all words typed. */
  position: number;
  /** Of a compound, else empty. */
  parts: readonly QueryWord[];
  /** Whether every document with the parts side by side has the compound as one term. */
  alwaysJoined: boolean;
  /** The word may still be being typed. */
  open: boolean;
}

export interface ParsedQuery {
  words: readonly QueryWord[];
  /** Phrases that a hit must have, and where each begins among the words typed. */
  required: readonly { phrase: Phrase; position: number; text: string }[];
  excluded: readonly { terms: readonly string[]; phrase: Phrase | null }[];
  /** Words typed, stop words included, excluded ones not. */
  length: number;
  /** Nothing is asked for: everything is found. */
  browse: boolean;
}

interface Piece {
  kind: "plain" | "quoted" | "excluded";
  text: string;
}

/** Reads words, quoted phrases and exclusions. Safe for any string; at most `MAX_QUERY_WORDS` words are kept. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.slice(0, MAX_QUERY_UNITS);
  const pieces = split(text);
  const words: QueryWord[] = [];
  const required: { phrase: Phrase; position: number; text: string }[] = [];
  const excluded: { terms: readonly string[]; phrase: Phrase | null }[] = [];
  let length = 0;
  for (const piece of pieces) {
    const tokens = tokenize(piece.text, MAX_QUERY_WORDS * 4);
    if (tokens.length === 0) continue;
    if (piece.kind === "excluded") {
      excluded.push(exclusionOf(tokens));
      continue;
    }
    const last = tokens[tokens.length - 1];
    if (piece.kind === "quoted") {
      required.push({ phrase: phraseOf(tokens, false), position: length, text: piece.text });
    } else words.push(...wordsOf(tokens, length));
    length += last.position + last.parts;
  }
  markOpen(words, pieces, text);
  const kept = dropStopWords(words, required.length > 0).slice(0, MAX_QUERY_WORDS);
  const browse =
    kept.length === 0 && required.length === 0 && (excluded.length > 0 || /^[\s"“”„″-]*$/.test(text));
  return {
    words: kept,
    required: required.slice(0, MAX_QUERY_WORDS - Math.min(kept.length, MAX_QUERY_WORDS - 1)),
    excluded: excluded.slice(0, MAX_QUERY_WORDS),
    length,
    browse,
  };
}

function isQuote(char: string | undefined): boolean {
  return char !== undefined && QUOTES.includes(char);
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (isQuote(text[at])) return at;
  return -1;
}

/** Cuts a query at quotes and at words that a minus begins. A quote right behind a digit is an inch mark. */
function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") pieces.push({ kind: "plain", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const begins = at === 0 || /\s/.test(text[at - 1]);
    const minus = begins && text[at] === "-" && at + 1 < text.length && !/\s/.test(text[at + 1]);
    const quote = minus ? at + 1 : at;
    const close =
      isQuote(text[quote]) && (minus || !/\d/.test(text[at - 1] ?? "")) ? closingQuote(text, quote + 1) : -1;
    if (close > 0) {
      flush();
      pieces.push({ kind: minus ? "excluded" : "quoted", text: text.slice(quote + 1, close) });
      at = close + 1;
    } else if (minus) {
      const end = at + text.slice(at).search(/\s|$/);
      flush();
      pieces.push({ kind: "excluded", text: text.slice(at + 1, end) });
      at = end;
    } else {
      plain += text[at++];
    }
  }
  flush();
  return pieces;
}

/** The words of plain text; compounds as one, text without spaces as bigrams. */
function wordsOf(tokens: readonly Token[], base: number): QueryWord[] {
  const joined = new Map<number, Token>();
  for (const token of tokens) {
    const longest = joined.get(token.position);
    if (token.parts > 1 && token.parts > (longest?.parts ?? 1)) joined.set(token.position, token);
  }
  const words: QueryWord[] = [];
  const parts = basics(tokens);
  for (let i = 0; i < parts.length; i++) {
    const compound = joined.get(parts[i].position);
    if (compound === undefined) {
      words.push(wordOf(parts[i], base));
      continue;
    }
    const end = compound.position + compound.parts;
    const own: Token[] = [];
    for (; i < parts.length && parts[i].position < end; i++) own.push(parts[i]);
    i--;
    words.push(compoundOf(compound, own, base));
  }
  return words;
}

/** One token a place: bigrams rather than characters, no compounds. */
function basics(tokens: readonly Token[]): Token[] {
  const parts: Token[] = [];
  for (const token of tokens) {
    if (token.parts > 1) continue;
    const before = parts[parts.length - 1];
    if (token.kind === "bigram") parts[parts.length - 1] = token;
    // The last character of a run is already in the bigram before it.
    else if (token.kind !== "char" || before?.kind !== "bigram" || before.to !== token.to) parts.push(token);
  }
  return parts;
}

function wordOf(token: Token, base: number): QueryWord {
  const kind = token.kind === "unit" ? "word" : token.kind === "char" ? "bigram" : token.kind;
  return {
    kind,
    text: token.text,
    stem: stem(token.text),
    position: base + token.position,
    parts: [],
    alwaysJoined: false,
    open: false,
  };
}

function compoundOf(token: Token, parts: readonly Token[], base: number): QueryWord {
  const measure = parts[0].kind === "number" && (parts[1]?.kind === "unit" || parts[1]?.text === "x");
  return {
    ...wordOf(token, base),
    kind: "compound",
    parts: parts.map((part) => wordOf(part, base)),
    alwaysJoined: measure,
  };
}

/** The last word is open unless a space, a quote or an exclusion follows it. */
function markOpen(words: QueryWord[], pieces: readonly Piece[], text: string): void {
  const last = words[words.length - 1];
  if (last === undefined || pieces[pieces.length - 1].kind !== "plain" || /[\s"“”„″]$/.test(text)) return;
  if (last.kind === "bigram" || last.alwaysJoined) return;
  words[words.length - 1] = { ...last, open: true, parts: openLast(last.parts) };
}

function openLast(parts: readonly QueryWord[]): QueryWord[] {
  return parts.map((part, i) => (i === parts.length - 1 ? { ...part, open: true } : part));
}

function dropStopWords(words: readonly QueryWord[], hasPhrase: boolean): QueryWord[] {
  const telling = words.filter((word) => word.kind !== "word" || !isStopWord(word.text));
  return telling.length > 0 || hasPhrase ? telling : [...words];
}

/** Tokens as terms side by side; `stemmed` takes plurals for their singular. */
export function phraseOf(tokens: readonly Token[], stemmed: boolean): Phrase {
  const parts = basics(tokens).slice(0, MAX_QUERY_WORDS);
  return parts.map((part) => ({
    term: stemmed ? stem(part.text) : part.text,
    offset: part.position - parts[0].position,
  }));
}

function exclusionOf(tokens: readonly Token[]): { terms: string[]; phrase: Phrase | null } {
  const words = wordsOf(tokens, 0);
  const phrase = phraseOf(tokens, words.length === 1);
  if (words.length > 1) return { terms: [], phrase };
  return { terms: [words[0].stem], phrase: phrase.length > 1 ? phrase : null };
}
