import { DIGIT, LETTER, MARKS, SEPARATOR, classOf } from "./fold.ts";
import type { Folded } from "./fold.ts";
import { unitOf } from "./units.ts";

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const SLASH = 0x2f;
const X = 0x78;
const LONGEST_UNIT = 12;

function classAt(text: Folded, at: number): number {
  return at < text.length ? classOf(text.codes[at]) : SEPARATOR;
}

function codeAt(text: Folded, at: number): number {
  return at < text.length ? text.codes[at] : 0;
}

/** Three digits and no fourth: a comma before them groups thousands. */
function isThousands(text: Folded, at: number): boolean {
  for (let i = 0; i < 3; i++) if (classAt(text, at + i) !== DIGIT) return false;
  return classAt(text, at + 3) !== DIGIT;
}

/** The number that begins at `start`: `43.2`, `1/2`, `1,440` (as `1440`). `plain`: digits alone. */
export function numberEnd(text: Folded, start: number): { text: string; end: number; plain: boolean } {
  let digits = "";
  let end = start;
  let plain = true;
  for (;;) {
    if (classAt(text, end) === DIGIT) {
      digits += String.fromCodePoint(text.codes[end++]);
      continue;
    }
    const code = codeAt(text, end);
    if (classAt(text, end + 1) !== DIGIT) break;
    if (code === COMMA && isThousands(text, end + 1)) plain = false;
    else if (code === DOT || (code === SLASH && !digits.includes("/"))) {
      digits += String.fromCodePoint(code);
      plain = false;
    } else break;
    end++;
  }
  return { text: digits, end, plain };
}

/** Where the next number of `2x4` or `2 x 4` begins, if an x and a number follow; else 0. */
export function dimensionEnd(text: Folded, at: number): number {
  let next = codeAt(text, at) === SPACE ? at + 1 : at;
  if (codeAt(text, next) !== X) return 0;
  next++;
  if (codeAt(text, next) === SPACE && next - at === 2) next++;
  return classAt(text, next) === DIGIT ? next : 0;
}

/** The unit after a number that ends at `at`: attached, or after one space or hyphen. */
export function unitAfter(text: Folded, at: number): { name: string; start: number; end: number } | null {
  const gap = codeAt(text, at) === SPACE || codeAt(text, at) === MARKS.hyphen;
  const start = gap ? at + 1 : at;
  if (codeAt(text, start) === MARKS.inch) return { name: "inch", start, end: start + 1 };
  let end = start;
  let word = "";
  while (classAt(text, end) === LETTER && word.length <= LONGEST_UNIT + 2) {
    word += String.fromCodePoint(text.codes[end++]);
  }
  const name = unitOf(word);
  const ends = classAt(text, end);
  if (name === undefined || ends === LETTER || ends === DIGIT) return null;
  // "2 in 1" counts, it does not measure.
  if (gap && word === "in" && codeAt(text, end) === SPACE && classAt(text, end + 1) === DIGIT) return null;
  return { name, start, end };
}
