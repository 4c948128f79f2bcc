const MAX_UNITS = 200;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const LAST_CODE_POINT = 0x10ffff;

/**
 * What people's names are sorted and searched by: NFKC in lower case, at most 200 UTF-16 code units. Sorted by code point,
 * as SQLite compares text.
 */
export function sortNameOf(name: string): string {
  // The small sigma at a word's end would tell a prefix from the same letters within a word.
  const folded = name.toWellFormed().normalize("NFKC").toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
  if (folded.length <= MAX_UNITS) return folded;
  const cut = folded.slice(0, MAX_UNITS);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The least text that is greater than every text beginning with `prefix`; `null` where there is none. */
export function endOfPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (char) => char.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  const next = last + 1 === FIRST_SURROGATE ? LAST_SURROGATE + 1 : last + 1;
  return String.fromCodePoint(...points, next);
}
