import { CJK, DIGIT, LETTER, MARKS, SEPARATOR, classOf, fold } from "./fold.ts";
import type { Folded } from "./fold.ts";
import { dimensionEnd, numberEnd, unitAfter } from "./numbers.ts";

/** At most this many tokens of one text are read. */
export const MAX_TOKENS = 10_000;
/** Longer words are cut, in UTF-16 code units. */
export const MAX_WORD_LENGTH = 64;
const MAX_JOINED_LENGTH = 40;
const MAX_JOINED_PARTS = 6;

export interface Token {
  /** Folded, not stemmed. */
  text: string;
  /** Of the first part; parts are counted from 0 through the text. */
  position: number;
  /** 1 for a word; more for the parts of a compound written as one: `t-shirt` also gives `tshirt` with 2 parts. */
  parts: number;
  /** `bigram` and `char` are what text without spaces is cut into; a query uses `char` only where it stands alone. */
  kind: "word" | "number" | "unit" | "bigram" | "char";
  /** Folded index, for `prefixEnd`. */
  start: number;
  /** Half-open range in the source, in UTF-16 code units. */
  from: number;
  to: number;
}

interface Scan {
  text: Folded;
  at: number;
  position: number;
  tokens: Token[];
}

/** Words, numbers with their units, compounds and CJK bigrams of a text. Safe for any string. */
export function tokenize(source: string, limit = MAX_TOKENS): Token[] {
  const scan: Scan = { text: fold(source), at: 0, position: 0, tokens: [] };
  while (scan.at < scan.text.length && scan.tokens.length < limit) {
    const kind = classOf(scan.text.codes[scan.at]);
    if (kind === SEPARATOR) scan.at++;
    else if (kind === CJK) scanCjk(scan);
    else scanCompound(scan);
  }
  return scan.tokens;
}

/** Where in the source the first `count` letters of a token end. Only right after the `tokenize` that made the token. */
export function prefixEnd(source: string, token: Token, count: number): number {
  const text = fold(source);
  let at = token.start;
  for (let left = count; at < text.length; at++) {
    if (classOf(text.codes[at]) === SEPARATOR) continue;
    left -= text.codes[at] > 0xffff ? 2 : 1;
    if (left <= 0) break;
  }
  return Math.min(token.to, at < text.length ? text.to[at] : token.to);
}

function classAt(scan: Scan, at: number): number {
  return at < scan.text.length ? classOf(scan.text.codes[at]) : SEPARATOR;
}

function isAlphanumeric(kind: number): boolean {
  return kind === LETTER || kind === DIGIT;
}

function emit(scan: Scan, text: string, kind: Token["kind"], start: number, end: number): Token {
  const { from, to } = scan.text;
  const cut = text.length > MAX_WORD_LENGTH ? text.slice(0, MAX_WORD_LENGTH) : text;
  const token = {
    text: cut,
    position: scan.position++,
    parts: 1,
    kind,
    start,
    from: from[start],
    to: to[end - 1],
  };
  scan.tokens.push(token);
  return token;
}

function emitJoined(scan: Scan, parts: readonly Token[]): void {
  const text = parts.map((part) => part.text).join("");
  if (parts.length < 2 || text.length > MAX_JOINED_LENGTH) return;
  const [first, last] = [parts[0], parts[parts.length - 1]];
  scan.tokens.push({ ...first, text, parts: parts.length, kind: "word", to: last.to });
}

function scanCjk(scan: Scan): void {
  const begin = scan.at;
  while (classAt(scan, scan.at) === CJK) scan.at++;
  const char = (at: number): string => String.fromCodePoint(scan.text.codes[at]);
  for (let at = begin; at < scan.at; at++) {
    const token = emit(scan, char(at), "char", at, at + 1);
    if (at + 1 < scan.at) {
      scan.tokens.push({ ...token, text: char(at) + char(at + 1), kind: "bigram", to: scan.text.to[at + 1] });
    }
  }
}

/** Words held together without spaces (`wi-fi`, `at&t`, `u.s.a`), or one word, or a number with what belongs to it. */
function scanCompound(scan: Scan): void {
  const chain: Token[] = [];
  for (;;) {
    const open = classAt(scan, scan.at) === DIGIT ? scanNumber(scan, chain) : scanWord(scan, chain);
    if (!open || chain.length === MAX_JOINED_PARTS) break;
    const next = classAt(scan, scan.at);
    if (isAlphanumeric(next)) continue;
    if (!isJoiner(scan.text.codes[scan.at]) || !isAlphanumeric(classAt(scan, scan.at + 1))) break;
    scan.at++;
  }
  emitJoined(scan, chain);
}

function isJoiner(code: number): boolean {
  return code === MARKS.hyphen || code === 0x2e || code === 0x26 || code === 0x5f || code === 0x2b;
}

function scanWord(scan: Scan, chain: Token[]): boolean {
  const { codes } = scan.text;
  const start = scan.at;
  let word = "";
  let end = start;
  for (;;) {
    if (isAlphanumeric(classAt(scan, scan.at))) {
      word += String.fromCodePoint(codes[scan.at++]);
      end = scan.at;
    } else if (
      scan.at < scan.text.length &&
      codes[scan.at] === MARKS.apostrophe &&
      classAt(scan, scan.at + 1) === LETTER
    ) {
      const possessive = codes[scan.at + 1] === 0x73 && !isAlphanumeric(classAt(scan, scan.at + 2));
      scan.at += possessive ? 2 : 1;
    } else break;
  }
  chain.push(emit(scan, word, "word", start, end));
  return true;
}

/** Scans a number; `false` where a unit or a second dimension ended the compound (it is then complete by itself). */
function scanNumber(scan: Scan, chain: Token[]): boolean {
  const start = scan.at;
  const number = numberEnd(scan.text, start);
  const dimension = dimensionEnd(scan.text, number.end);
  if (dimension > 0) return scanDimensions(scan, start);
  const unit = unitAfter(scan.text, number.end);
  if (unit === null && number.plain && classAt(scan, number.end) === LETTER) return scanWord(scan, chain);
  scan.at = number.end;
  const token = emit(scan, number.text, "number", start, number.end);
  if (unit === null) {
    chain.push(token);
    return true;
  }
  scan.at = unit.end;
  emitJoined(scan, [token, emit(scan, unit.name, "unit", unit.start, unit.end)]);
  return false;
}

/** `2 x 4`, `2x4`: the numbers, the x between, and all as one; the last number may carry a unit. */
function scanDimensions(scan: Scan, begin: number): boolean {
  const parts: Token[] = [];
  let start = begin;
  for (;;) {
    const number = numberEnd(scan.text, start);
    parts.push(emit(scan, number.text, "number", start, number.end));
    scan.at = number.end;
    start = dimensionEnd(scan.text, number.end);
    if (start === 0 || parts.length >= MAX_JOINED_PARTS) break;
    const x = start - (classAt(scan, start - 1) === LETTER ? 1 : 2);
    parts.push(emit(scan, "x", "word", x, x + 1));
  }
  emitJoined(scan, parts);
  const unit = unitAfter(scan.text, scan.at);
  if (unit !== null) {
    scan.at = unit.end;
    const last = parts[parts.length - 1];
    emitJoined(scan, [last, emit(scan, unit.name, "unit", unit.start, unit.end)]);
  }
  return false;
}
