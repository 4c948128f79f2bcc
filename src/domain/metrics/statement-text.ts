const MAX_NAME = 1_000;
/** What is longer is one with many rows of values: its beginning names it. */
export const READ_CHARACTERS = 4_000;
/** `(?, ?, ?)`, and rows of such: however many values come, it is one statement. */
const PLACES = /\((?:\s*\?\d*\s*,)+\s*\?\d*\s*\)(?:\s*,\s*\((?:\s*\?\d*\s*,)+\s*\?\d*\s*\))*/g;
const CUT_PLACES = /,?\s*\([\s?\d,]*$/;
/** Texts that a statement's author wrote stay short names; nothing longer is told. */
const LONG_LITERAL = /'(?:[^']|''){40,}'/g;

/** A statement as metrics name it: without values, on one line, at most 1,000 characters. */
export function statementName(text: string): string {
  const places = text.slice(0, READ_CHARACTERS).replace(CUT_PLACES, "").replaceAll(PLACES, "(…)");
  const name = places.replaceAll(LONG_LITERAL, "'…'").replaceAll(/\s+/g, " ").trim();
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 1)}…`;
}
