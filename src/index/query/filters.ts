import type { AttributeColumn, NumberColumn, Segment, StringColumn } from "../segment.ts";
import type { Codes } from "../format/columns.ts";
import type { Filter, FilterField } from "../types.ts";

/** Whether documents of one segment pass all filters of one field: a look-up of their codes. */
export class FieldTest {
  readonly #codes: Codes | null;
  readonly #attributes: AttributeColumn | null;
  readonly #allowed: Uint8Array;

  constructor(column: Codes | AttributeColumn, allowed: Uint8Array) {
    const single = ArrayBuffer.isView(column);
    this.#codes = single ? column : null;
    this.#attributes = single ? null : column;
    this.#allowed = allowed;
  }

  /** Counts a failure for each of the first `count` documents that does not pass, and notes `field` as where. */
  mark(docs: Int32Array, count: number, base: number, failures: Failures, field: number): void {
    if (this.#codes !== null) markCodes(this.#codes, this.#allowed, docs, count, base, failures, field);
    else if (this.#attributes !== null) {
      const { offsets, codes } = this.#attributes;
      for (let i = 0; i < count; i++) {
        const doc = docs[i] - base;
        let at = offsets[doc];
        while (at < offsets[doc + 1] && this.#allowed[codes[at]] === 0) at++;
        if (at < offsets[doc + 1]) continue;
        failures.counts[i]++;
        failures.fields[i] = field;
      }
    }
  }
}

/** By place in a list of documents: in how many fields it fails, and in which it failed last. */
export interface Failures {
  counts: Uint8Array;
  fields: Uint8Array;
}

function markCodes(
  codes: Codes,
  allowed: Uint8Array,
  docs: Int32Array,
  count: number,
  base: number,
  failures: Failures,
  field: number,
): void {
  const { counts, fields } = failures;
  for (let i = 0; i < count; i++) {
    if (allowed[codes[docs[i] - base]] === 1) continue;
    counts[i]++;
    fields[i] = field;
  }
}

/** The fields that are filtered, each once. */
export function filteredFields(filters: readonly Filter[]): FilterField[] {
  return [...new Set(filters.map(({ field }) => field))];
}

/** One test for each of `fields`. */
export function compileFilters(
  segment: Segment,
  filters: readonly Filter[],
  fields: readonly FilterField[],
): FieldTest[] {
  return fields.map((field) => {
    const own = filters.filter((filter) => filter.field === field);
    const [first, ...others] = own.map((filter) => allowedBy(segment, filter));
    const allowed = first.allowed;
    for (const other of others)
      for (let code = 0; code < allowed.length; code++) allowed[code] &= other.allowed[code];
    return new FieldTest(first.column, allowed);
  });
}

interface Allowed {
  column: Codes | AttributeColumn;
  /** By code: 1 for what passes. */
  allowed: Uint8Array;
}

function allowedBy(segment: Segment, filter: Filter): Allowed {
  const { field } = filter;
  switch (field) {
    case "brand":
      return allowedStrings(segment.brand, filter);
    case "org":
      return allowedStrings(segment.org, filter);
    case "category":
      return allowedPaths(segment, filter);
    case "in_stock":
      return allowedStock(segment, filter);
    case "price":
      return allowedNumbers(segment.price, filter);
    case "rating":
      return allowedNumbers(segment.rating, filter);
    default:
      return allowedAttributes(segment.attributes, filter, field.slice("attributes.".length));
  }
}

function valuesOf(filter: Filter): readonly string[] {
  return "values" in filter ? filter.values : [];
}

function allowedStrings({ table, codes }: StringColumn, filter: Filter): Allowed {
  const allowed = new Uint8Array(table.size + 1);
  for (const value of valuesOf(filter)) {
    const code = table.search(value);
    if (code >= 0) allowed[code + 1] = 1;
  }
  return { column: codes, allowed };
}

/** A path passes where any of its levels is asked for. */
function allowedPaths({ category: { paths, codes } }: Segment, filter: Filter): Allowed {
  const allowed = new Uint8Array(paths.size + 1);
  const values = new Set(valuesOf(filter));
  for (let code = 0; code < paths.size; code++) {
    if (paths.levels(code).some((level) => values.has(level))) allowed[code + 1] = 1;
  }
  return { column: codes, allowed };
}

function allowedStock(segment: Segment, filter: Filter): Allowed {
  const values = valuesOf(filter);
  return {
    column: segment.stock,
    allowed: Uint8Array.of(values.includes("false") ? 1 : 0, values.includes("true") ? 1 : 0),
  };
}

function isWithin(value: number, filter: Filter): boolean {
  if ("values" in filter) return filter.values.some((text) => text.trim() !== "" && Number(text) === value);
  const { min, max } = filter.range;
  return !Number.isNaN(value) && (min === null || value >= min) && (max === null || value <= max);
}

function allowedNumbers({ values, codes }: NumberColumn, filter: Filter): Allowed {
  const allowed = new Uint8Array(values.length);
  for (let code = 0; code < values.length; code++) if (isWithin(values[code], filter)) allowed[code] = 1;
  return { column: codes, allowed };
}

/** The values of attribute `key`: from the first code to before the second. */
export function attributeRange(column: AttributeColumn, key: string): [number, number] {
  const found = column.keys.search(key);
  return found < 0 ? [0, 0] : [column.keyStarts[found], column.keyStarts[found + 1]];
}

function allowedAttributes(column: AttributeColumn, filter: Filter, key: string): Allowed {
  const allowed = new Uint8Array(column.values.size);
  const [from, to] = attributeRange(column, key);
  if ("range" in filter) {
    for (let code = from; code < to; code++) if (isWithin(column.numbers[code], filter)) allowed[code] = 1;
    return { column, allowed };
  }
  for (const value of filter.values) {
    const place = column.values.search(value, from, to);
    if (place < 0) continue;
    // One text may be there as text, as a number and as a boolean: neighbours in the table.
    let first = place;
    while (first > from && column.values.at(first - 1) === value) first--;
    for (let code = first; code < to && column.values.at(code) === value; code++) allowed[code] = 1;
  }
  return { column, allowed };
}
