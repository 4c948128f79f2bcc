import type { AttributeColumn, NumberColumn, Segment, StringColumn } from "../segment.ts";
import type { Codes } from "../format/columns.ts";
import type { Facet, FacetField, FacetValue } from "../types.ts";
import { attributeRange } from "./filters.ts";

const MAX_FACET_VALUES = 50;

/** Documents of one segment, numbered through all segments from `base`: the first `count` of `docs`. */
export interface DocumentList {
  docs: Int32Array;
  count: number;
  base: number;
}

/** Counts one facet over the documents of all segments. */
export interface FacetCounter {
  /** `lists` name each document once. */
  add(segment: Segment, lists: readonly DocumentList[]): void;
  result(): Facet;
}

export function facetCounter(field: FacetField): FacetCounter {
  switch (field) {
    case "brand":
      return new ValueCounter((segment, lists, add) => countStrings(segment.brand, lists, add));
    case "category":
      return new ValueCounter((segment, lists, add) => {
        const { paths, codes } = segment.category;
        const counts = countCodes(codes, paths.size + 1, lists);
        // A document counts at each level of its path.
        for (let code = 1; code < counts.length; code++) {
          if (counts[code] > 0) for (const level of paths.levels(code - 1)) add(level, counts[code]);
        }
      });
    case "in_stock":
      return new ValueCounter((segment, lists, add) => {
        const counts = countCodes(segment.stock, 2, lists);
        add("false", counts[0]);
        add("true", counts[1]);
      });
    case "price":
      return new RangeCounter((segment) => segment.price);
    case "rating":
      return new RangeCounter((segment) => segment.rating);
    default:
      return new ValueCounter((segment, lists, add) => {
        countAttribute(segment.attributes, field.slice("attributes.".length), lists, add);
      });
  }
}

type Add = (value: string, count: number) => void;

class ValueCounter implements FacetCounter {
  readonly #counts = new Map<string, number>();
  readonly #count: (segment: Segment, lists: readonly DocumentList[], add: Add) => void;

  constructor(count: (segment: Segment, lists: readonly DocumentList[], add: Add) => void) {
    this.#count = count;
  }

  add(segment: Segment, lists: readonly DocumentList[]): void {
    const counts = this.#counts;
    this.#count(segment, lists, (value, count) => {
      if (count > 0) counts.set(value, (counts.get(value) ?? 0) + count);
    });
  }

  result(): FacetValue[] {
    return mostFrequent(this.#counts, MAX_FACET_VALUES);
  }
}

class RangeCounter implements FacetCounter {
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  readonly #column: (segment: Segment) => NumberColumn;

  constructor(column: (segment: Segment) => NumberColumn) {
    this.#column = column;
  }

  add(segment: Segment, lists: readonly DocumentList[]): void {
    const { values, codes } = this.#column(segment);
    // Codes are in the order of values, with none behind all numbers.
    const known = Number.isNaN(values[values.length - 1]) ? values.length - 1 : values.length;
    const counts = countCodes(codes, values.length, lists);
    let low = 0;
    while (low < known && counts[low] === 0) low++;
    let high = known - 1;
    while (high >= low && counts[high] === 0) high--;
    if (high < low) return;
    this.#min = Math.min(this.#min, values[low]);
    this.#max = Math.max(this.#max, values[high]);
  }

  result(): { min: number | null; max: number | null } {
    return this.#max < this.#min ? { min: null, max: null } : { min: this.#min, max: this.#max };
  }
}

function countCodes(codes: Codes, size: number, lists: readonly DocumentList[]): Uint32Array {
  const counts = new Uint32Array(size);
  for (const { docs, count, base } of lists) countInto(counts, codes, docs, count, base);
  return counts;
}

function countInto(counts: Uint32Array, codes: Codes, docs: Int32Array, count: number, base: number): void {
  for (let i = 0; i < count; i++) counts[codes[docs[i] - base]]++;
}

function countStrings({ table, codes }: StringColumn, lists: readonly DocumentList[], add: Add): void {
  const counts = countCodes(codes, table.size + 1, lists);
  for (let code = 1; code < counts.length; code++)
    if (counts[code] > 0) add(table.at(code - 1), counts[code]);
}

function countAttribute(
  column: AttributeColumn,
  key: string,
  lists: readonly DocumentList[],
  add: Add,
): void {
  const [from, to] = attributeRange(column, key);
  if (from === to) return;
  const { offsets, codes, values } = column;
  const counts = new Uint32Array(to - from);
  for (const { docs, count, base } of lists) {
    for (let i = 0; i < count; i++) {
      const doc = docs[i] - base;
      for (let at = offsets[doc]; at < offsets[doc + 1]; at++) {
        const code = codes[at];
        if (code >= from && code < to) counts[code - from]++;
      }
    }
  }
  counts.forEach((count, place) => add(values.at(from + place), count));
}

/** The greatest counts, then by value. */
export function mostFrequent(counts: ReadonlyMap<string, number>, limit: number): FacetValue[] {
  const best: FacetValue[] = [];
  for (const [value, count] of counts) {
    const last = best[best.length - 1];
    if (best.length === limit && !precedes(value, count, last)) continue;
    let at = best.length;
    while (at > 0 && precedes(value, count, best[at - 1])) at--;
    best.splice(at, 0, { value, count });
    if (best.length > limit) best.pop();
  }
  return best;
}

function precedes(value: string, count: number, other: FacetValue): boolean {
  return count !== other.count ? count > other.count : value < other.value;
}
