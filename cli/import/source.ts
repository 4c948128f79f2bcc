import { UsageError } from "../errors.ts";

/** Where a field comes from, as `--map FIELD=…` says. */
export type FieldSource =
  | { from: "column"; column: string }
  | { from: "constant"; value: string }
  | { from: "nothing" };

/** `FIELD=REST` in its two halves. Throws `UsageError`. */
export function splitEntry(option: string, entry: string): [field: string, rest: string] {
  const at = entry.indexOf("=");
  if (at < 1) throw new UsageError(`--${option} "${entry}" is not of the form FIELD=COLUMN`);
  return [entry.slice(0, at).trim(), entry.slice(at + 1)];
}

/** `COLUMN`, `'TEXT'` (the same for all) or `-` (leave out). Throws `UsageError` for an empty one. */
export function parseFieldSource(field: string, text: string): FieldSource {
  if (text === "-") return { from: "nothing" };
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted !== null) return { from: "constant", value: quoted[2] };
  if (text === "") throw new UsageError(`--map ${field}= names no column`);
  return { from: "column", column: text };
}

/** The `--map` entries over `fields`, those of an open-ended group such as `properties.NAME` among them. */
export function parseFieldMap(
  entries: readonly string[],
  isField: (name: string) => boolean,
  known: string,
): ReadonlyMap<string, FieldSource> {
  const mapping = new Map<string, FieldSource>();
  for (const entry of entries) {
    const [field, rest] = splitEntry("map", entry);
    if (!isField(field)) throw new UsageError(`There is no field "${field}" to map to. Fields: ${known}`);
    mapping.set(field, parseFieldSource(field, rest));
  }
  return mapping;
}
