import { UsageError } from "../../errors.ts";
import { readKind, type Kind } from "../kinds.ts";

/** The fields of a product that a column can fill; `attributes.NAME` fills one attribute. */
export const TARGETS = [
  "id",
  "title",
  "description",
  "brand",
  "category",
  "price",
  "currency",
  "rating",
  "rating_count",
  "in_stock",
  "image_url",
  "image_id",
  "attributes",
] as const;
export type Target = (typeof TARGETS)[number] | `attributes.${string}`;

/** What this service itself adds to a product: an export can be imported again. */
export const ADDED_BY_SERVICE: readonly string[] = ["org", "updated_at", "version"];

/** Where a field comes from. */
export type Source =
  | { from: "column"; column: string; kind: Kind | null }
  | { from: "constant"; value: string }
  | { from: "nothing" };

export type Mapping = ReadonlyMap<Target, Source>;

export const MAPPING_HELP = `FIELD=COLUMN, FIELD=COLUMN:KIND, FIELD='TEXT' (the same for all), FIELD=- (leave out);
FIELD: ${TARGETS.join(", ")},
or attributes.NAME. KIND: text, number, boolean, cents, decimal, split(SEPARATOR), join(SEPARATOR),
url(BASE) (a file name becomes an address under BASE).
A currency of three capitals is taken as it is: currency=USD. A price needs cents or decimal.`;

/** One `--map` entry. Throws `UsageError`. */
export function parseEntry(entry: string): [Target, Source] {
  const at = entry.indexOf("=");
  if (at < 1) throw new UsageError(`--map "${entry}" is not of the form FIELD=COLUMN`);
  return [
    parseTarget(entry.slice(0, at).trim()),
    parseSource(entry.slice(0, at).trim(), entry.slice(at + 1)),
  ];
}

/** Entries of a mapping file (`{"price": "price_cents:cents"}`), then those of `--map`, which win. */
export function parseMapping(file: unknown, entries: readonly string[]): Mapping {
  const mapping = new Map<Target, Source>();
  for (const [target, source] of Object.entries(requireTexts(file))) {
    mapping.set(parseTarget(target), parseSource(target, source));
  }
  for (const entry of entries) mapping.set(...parseEntry(entry));
  return mapping;
}

function requireTexts(file: unknown): Record<string, string> {
  const isObject = typeof file === "object" && file !== null && !Array.isArray(file);
  if (isObject && Object.values(file).every((value) => typeof value === "string")) {
    return file as Record<string, string>;
  }
  throw new UsageError('The mapping file is not a JSON object of texts, as {"price": "price_cents:cents"}');
}

function parseTarget(name: string): Target {
  const known = TARGETS.find((target) => target === name);
  if (known !== undefined) return known;
  if (/^attributes\../.test(name)) return name as `attributes.${string}`;
  throw new UsageError(
    `There is no field "${name}" to map to. Fields: ${TARGETS.join(", ")}, attributes.NAME`,
  );
}

function parseSource(target: string, text: string): Source {
  if (text === "-") return { from: "nothing" };
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted !== null) return { from: "constant", value: quoted[2] };
  if (target === "currency" && /^[A-Z]{3}$/.test(text)) return { from: "constant", value: text };
  const [, column, kind] = /^(.*?)(?::([a-z]+(?:\(.*\))?))?$/s.exec(text) ?? [];
  if (column === undefined || column === "") throw new UsageError(`--map ${target}=${text} names no column`);
  return { from: "column", column, kind: kind === undefined ? null : readKind(kind) };
}
