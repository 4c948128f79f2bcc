/** Classes of a folded code point. */
export const SEPARATOR = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const CJK = 3;

const APOSTROPHE = 0x27;
const INCH_MARK = 0x22;
const HYPHEN = 0x2d;

/** Code points whose folding is neither case nor NFKD. An empty string drops the code point. */
const SPECIAL = new Map<number, string>([
  ..."’‘ʼ＇`´".split("").map((c) => [c.charCodeAt(0), "'"] as [number, string]),
  ..."″“”„".split("").map((c) => [c.charCodeAt(0), '"'] as [number, string]),
  ..."‐‑‒−".split("").map((c) => [c.charCodeAt(0), "-"] as [number, string]),
  ..."™®©℠".split("").map((c) => [c.charCodeAt(0), " "] as [number, string]),
  [0xad, ""], // soft hyphen
  [0x200b, ""], // zero-width space
  [0x200c, ""], // zero-width non-joiner
  [0x200d, ""], // zero-width joiner
  [0xfeff, ""],
  [0x640, ""], // Arabic tatweel
  [0xdf, "ss"],
  [0x1e9e, "ss"],
  [0xe6, "ae"],
  [0xc6, "ae"],
  [0x153, "oe"],
  [0x152, "oe"],
  [0xf8, "o"],
  [0xd8, "o"],
  [0x111, "d"],
  [0x110, "d"],
  [0xf0, "d"],
  [0xd0, "d"],
  [0xfe, "th"],
  [0xde, "th"],
  [0x142, "l"],
  [0x141, "l"],
  [0x131, "i"],
  [0x127, "h"],
  [0x126, "h"],
  [0x3c2, "σ"],
  [0xd7, "x"],
]);

// Diacritics of Latin, Greek and Cyrillic, Hebrew points and Arabic vowel signs; marks of other scripts spell words.
const DROPPED_MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const WORD = /[\p{L}\p{M}]/u;
const NUMBER = /\p{N}/u;

function isCjk(cp: number): boolean {
  return (
    (cp >= 0x3041 && cp <= 0x3096) ||
    (cp >= 0x30a1 && cp <= 0x30fa) ||
    cp === 0x30fc ||
    (cp >= 0x31f0 && cp <= 0x31ff) ||
    cp === 0x3005 ||
    cp === 0x3007 ||
    (cp >= 0x3400 && cp <= 0x4dbf) ||
    (cp >= 0x4e00 && cp <= 0x9fff) ||
    (cp >= 0xac00 && cp <= 0xd7a3) ||
    (cp >= 0xf900 && cp <= 0xfaff) ||
    (cp >= 0x20000 && cp <= 0x3ffff)
  );
}

/** The class of a folded code point: what may stand in a word, in a number, or in a run without spaces. */
export function classOf(cp: number): number {
  if (cp < 0x80) {
    if (cp >= 0x61 && cp <= 0x7a) return LETTER;
    return cp >= 0x30 && cp <= 0x39 ? DIGIT : SEPARATOR;
  }
  if (isCjk(cp)) return CJK;
  if (cp >= 0xd800 && cp <= 0xdfff) return SEPARATOR;
  const text = String.fromCodePoint(cp);
  if (WORD.test(text)) return LETTER;
  return NUMBER.test(text) ? DIGIT : SEPARATOR;
}

/** Lower case without accents: NFKD, marks dropped, letters such as ß, ø and æ written out. */
export function foldCodePoint(cp: number): string {
  const special = SPECIAL.get(cp);
  if (special !== undefined) return special;
  if (cp >= 0xd800 && cp <= 0xdfff) return " ";
  if ((cp >= 0x660 && cp <= 0x669) || (cp >= 0x6f0 && cp <= 0x6f9)) return String(cp & 15);
  const text = String.fromCodePoint(cp);
  // NFKD would take Hangul and voiced kana apart.
  if (isCjk(cp)) return text.normalize("NFKC");
  const folded = text.normalize("NFKD").toLowerCase().replace(DROPPED_MARKS, "");
  return folded.replaceAll("\u2044", "/");
}

/** A text as folded code points, with where in the source each came from. The arrays are reused by the next call. */
export interface Folded {
  length: number;
  codes: Int32Array;
  /** Half-open source range in UTF-16 code units, per folded code point. */
  from: Int32Array;
  to: Int32Array;
}

/** Beyond this many UTF-16 code units a text is not read. */
export const MAX_TEXT_UNITS = 100_000;

const scratch: Folded = {
  length: 0,
  codes: new Int32Array(1024),
  from: new Int32Array(1024),
  to: new Int32Array(1024),
};

function reserve(size: number): void {
  if (scratch.codes.length >= size) return;
  scratch.codes = new Int32Array(size);
  scratch.from = new Int32Array(size);
  scratch.to = new Int32Array(size);
}

function push(code: number, from: number, to: number): void {
  const at = scratch.length++;
  if (at >= scratch.codes.length) return;
  scratch.codes[at] = code;
  scratch.from[at] = from;
  scratch.to[at] = to;
}

/** Folds `text`. The answer is scratch memory: valid until the next call. */
export function fold(text: string): Folded {
  const units = Math.min(text.length, MAX_TEXT_UNITS);
  // One code point folds to at most 18 (U+FDFA); long texts full of such letters are cut rather than grown for.
  reserve(units * 2 + 64);
  scratch.length = 0;
  for (let i = 0; i < units;) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      push(unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit === 0x60 ? APOSTROPHE : unit, i, i + 1);
      i++;
      continue;
    }
    const cp = text.codePointAt(i) ?? 0;
    const next = i + (cp > 0xffff ? 2 : 1);
    for (const char of foldCodePoint(cp)) push(char.codePointAt(0) ?? 0, i, next);
    i = next;
  }
  if (scratch.length > scratch.codes.length) scratch.length = scratch.codes.length;
  return scratch;
}

export const MARKS = { apostrophe: APOSTROPHE, inch: INCH_MARK, hyphen: HYPHEN } as const;
