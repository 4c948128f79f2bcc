/**
 * What spreadsheets take for the beginning of a formula, full-width forms too (OWASP, "CSV Injection"). Text behind an
 * apostrophe they show as text.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

/** A text as a cell of RFC 4180, never a formula; empty for null. */
export function textCell(text: string | null): string {
  if (text === null) return "";
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cells that need no quotes any more, as a record with its end. */
export function recordOf(cells: readonly (string | number)[]): string {
  return `${cells.join(",")}\r\n`;
}
