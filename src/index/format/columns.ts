import { ByteWriter } from "./bytes.ts";
import { decodeCesu8, encodeCesu8 } from "./cesu8.ts";

/** A column as codes into a sorted table of its distinct values: a range of values is a range of codes. */
export type Codes = Uint8Array | Uint16Array;

/** As narrow as the table allows. */
export function narrowCodes(codes: ArrayLike<number>, tableSize: number): Codes {
  return tableSize <= 256 ? Uint8Array.from(codes) : Uint16Array.from(codes);
}

/** Distinct numbers in ascending order, `NaN` (none) last, and the code of each document. */
export function encodeNumbers(column: Float64Array): { values: Float64Array<ArrayBuffer>; codes: Codes } {
  const values = new Float64Array(new Set(column)).sort();
  const codeOf = new Map(Array.from(values, (value, code) => [value, code]));
  return {
    values,
    codes: narrowCodes(
      Array.from(column, (value) => codeOf.get(value) ?? 0),
      values.length,
    ),
  };
}

/** Strings end to end in CESU-8, the i-th from `offsets[i]` to `offsets[i + 1]`. */
export function encodeStrings(strings: readonly string[]): {
  offsets: Uint32Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
} {
  const out = new ByteWriter();
  const offsets = new Uint32Array(strings.length + 1);
  strings.forEach((text, i) => {
    out.append(encodeCesu8(text));
    offsets[i + 1] = out.length;
  });
  return { offsets, bytes: out.view() };
}

/** Strings of a segment, decoded on first use and then kept. */
export class StringTable {
  readonly size: number;
  readonly #offsets: Uint32Array;
  readonly #bytes: Uint8Array;
  readonly #decoded: (string | undefined)[];

  constructor(offsets: Uint32Array, bytes: Uint8Array) {
    this.size = offsets.length - 1;
    this.#offsets = offsets;
    this.#bytes = bytes;
    this.#decoded = [];
  }

  at(code: number): string {
    const known = this.#decoded[code];
    if (known !== undefined) return known;
    return (this.#decoded[code] = decodeCesu8(this.#bytes, this.#offsets[code], this.#offsets[code + 1]));
  }

  /** The code of `text` among the sorted strings of `[low, high)`, or where it would be inserted as `-1 - place`. */
  search(text: string, low = 0, high = this.size): number {
    let [from, to] = [low, high];
    while (from < to) {
      const middle = (from + to) >> 1;
      const found = this.at(middle);
      if (found === text) return middle;
      if (found < text) from = middle + 1;
      else to = middle;
    }
    return -1 - from;
  }
}

/** Category paths kept as JSON arrays, parsed on first use. */
export class PathTable {
  readonly size: number;
  readonly #table: StringTable;
  readonly #paths: (readonly string[] | undefined)[] = [];
  readonly #levels: (readonly string[] | undefined)[] = [];

  constructor(table: StringTable) {
    this.size = table.size;
    this.#table = table;
  }

  path(code: number): readonly string[] {
    return (this.#paths[code] ??= JSON.parse(this.#table.at(code)) as string[]);
  }

  /** Each level as filters and facets name it: `Home`, `Home/Lamps`. */
  levels(code: number): readonly string[] {
    return (this.#levels[code] ??= this.path(code).map((_, level) =>
      this.path(code)
        .slice(0, level + 1)
        .join("/"),
    ));
  }
}
