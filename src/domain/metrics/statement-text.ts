const MAX_TEXT = 1_000;
/** `(?, ?, ?)`, and rows of such: however many values come, it is one statement. */
const PLACES = /\((?:\s*\?\d*\s*,)+\s*\?\d*\s*\)(?:\s*,\s*\((?:\s*\?\d*\s*,)+\s*\?\d*\s*\))*/g;
/** Texts that a statement's author wrote stay short names; nothing longer is told. */
const LONG_LITERAL = /'(?:[^']|''){40,}'/g;

/** A statement as metrics name it: without values, on one line, at most 1,000 characters. */
export function statementName(text: string): string {
  const name = text.replaceAll(PLACES, "(…)").replaceAll(LONG_LITERAL, "'…'").replaceAll(/\s+/g, " ").trim();
  return name.length <= MAX_TEXT ? name : `${name.slice(0, MAX_TEXT - 1)}…`;
}
