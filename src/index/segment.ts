import { ByteReader } from "./format/bytes.ts";
import { decodeCesu8 } from "./format/cesu8.ts";
import { PathTable, StringTable } from "./format/columns.ts";
import type { Codes } from "./format/columns.ts";
import { HEADER } from "./format/layout.ts";
import type { SectionName } from "./format/layout.ts";
import { SymbolDecoder } from "./format/symbols.ts";
import { SegmentView } from "./format/view.ts";
import { TermDictionary } from "./dictionary.ts";

export { SegmentError } from "./format/view.ts";

/** A dense single-valued column: codes by document into sorted numbers, `NaN` last for none. */
export interface NumberColumn {
  values: Float64Array;
  codes: Codes;
}

/** A single-valued column of strings: code 0 is none, code c is `table.at(c - 1)`. */
export interface StringColumn {
  table: StringTable;
  codes: Codes;
}

/** Attribute values sorted by key and text; the values of key k are `[keyStarts[k], keyStarts[k + 1])`. */
export interface AttributeColumn {
  keys: StringTable;
  keyStarts: Uint32Array;
  values: StringTable;
  /** By value: the number it is, `NaN` for text and booleans. */
  numbers: Float64Array;
  /** The values of document d are `codes[offsets[d]]` up to `codes[offsets[d + 1]]`. */
  offsets: Uint32Array;
  codes: Uint32Array;
}

/** An immutable set of products, ordered by id (as JavaScript orders strings), read in place from one buffer. */
export class Segment {
  readonly size: number;
  readonly generation: number;
  readonly byteLength: number;
  readonly terms: TermDictionary;
  readonly titleLengths: Uint8Array;
  readonly popularity: Uint8Array;
  readonly stock: Uint8Array;
  readonly price: NumberColumn;
  readonly rating: NumberColumn;
  readonly ratingCount: NumberColumn;
  readonly updated: NumberColumn;
  readonly currency: StringColumn;
  readonly brand: StringColumn;
  readonly category: { paths: PathTable; codes: Codes };
  readonly org: StringColumn;
  readonly attributes: AttributeColumn;
  readonly #records: RecordReader;

  constructor(view: SegmentView) {
    this.size = view.words[HEADER.size];
    this.generation = view.words[HEADER.generationLow] + view.words[HEADER.generationHigh] * 2 ** 32;
    this.byteLength = view.buffer.byteLength;
    this.terms = new TermDictionary(view);
    this.titleLengths = view.bytes("titleLengths");
    this.popularity = view.bytes("popularity");
    this.stock = view.bytes("stock");
    this.price = numbers(view, "priceValues", "priceCodes", this.size);
    this.rating = numbers(view, "ratingValues", "ratingCodes", this.size);
    this.ratingCount = numbers(view, "ratingCountValues", "ratingCountCodes", this.size);
    this.updated = numbers(view, "updatedValues", "updatedCodes", this.size);
    this.currency = strings(view, "currency", this.size);
    this.brand = strings(view, "brand", this.size);
    const category = strings(view, "category", this.size);
    this.category = { paths: new PathTable(category.table), codes: category.codes };
    this.org = strings(view, "org", this.size);
    this.attributes = attributes(view);
    this.#records = new RecordReader(view);
  }

  idOf(doc: number): string {
    return this.#records.read(doc, 0);
  }

  titleOf(doc: number): string {
    return this.#records.read(doc, 1);
  }

  imageOf(doc: number): string | null {
    const marked = this.#records.read(doc, 2);
    return marked === "" ? null : marked.slice(1);
  }

  /** The document of `id`, -1 where there is none. Dead ones are found as well. */
  lookup(id: string): number {
    const doc = this.lowerBound(id);
    return doc < this.size && this.idOf(doc) === id ? doc : -1;
  }

  /** The first document whose id is not before `id`. */
  lowerBound(id: string): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.idOf(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  *ids(): Iterable<string> {
    for (let doc = 0; doc < this.size; doc++) yield this.idOf(doc);
  }
}

/**
 * Opens a segment in place: checks it and lays views over it, nothing is parsed or copied. Throws a `SegmentError` for
 * bytes that are damaged, cut short or of another format; `verify: false` skips the checksum for bytes just built.
 */
export function openSegment(buffer: ArrayBuffer, options: { verify?: boolean } = {}): Segment {
  return new Segment(new SegmentView(buffer, options.verify ?? true));
}

function codesOf(view: SegmentView, name: SectionName, size: number): Codes {
  const bytes = view.bytes(name);
  return bytes.length === size ? bytes : view.uint16(name);
}

function numbers(view: SegmentView, values: SectionName, codes: SectionName, size: number): NumberColumn {
  return { values: view.float64(values), codes: codesOf(view, codes, size) };
}

function strings(
  view: SegmentView,
  name: "currency" | "brand" | "category" | "org",
  size: number,
): StringColumn {
  const table = new StringTable(view.uint32(`${name}Offsets`), view.bytes(`${name}Bytes`));
  return { table, codes: codesOf(view, `${name}Codes`, size) };
}

function attributes(view: SegmentView): AttributeColumn {
  return {
    keys: new StringTable(view.uint32("attributeKeyOffsets"), view.bytes("attributeKeyBytes")),
    keyStarts: view.uint32("attributeKeyStarts"),
    values: new StringTable(view.uint32("attributeValueOffsets"), view.bytes("attributeValueBytes")),
    numbers: view.float64("attributeNumbers"),
    offsets: view.uint32("attributeOffsets"),
    codes: view.uint32("attributeCodes"),
  };
}

/** Reads the compressed strings of documents: id, title, image. */
class RecordReader {
  readonly #offsets: Uint32Array;
  readonly #reader: ByteReader;
  readonly #decoders: readonly SymbolDecoder[];
  #scratch = new Uint8Array(4096);

  constructor(view: SegmentView) {
    this.#offsets = view.uint32("recordOffsets");
    this.#reader = new ByteReader(view.bytes("records"));
    this.#decoders = (["idSymbols", "titleSymbols", "imageSymbols"] as const).map(
      (name) => new SymbolDecoder(view.bytes(name)),
    );
  }

  read(doc: number, field: number): string {
    const reader = this.#reader;
    reader.at = this.#offsets[doc];
    let length = reader.varint();
    let start = reader.at;
    if (field > 0) {
      reader.at += length;
      length = reader.varint();
      start = reader.at;
    }
    if (field > 1) {
      start += length;
      length = this.#offsets[doc + 1] - start;
    }
    if (this.#scratch.length < length * 8) this.#scratch = new Uint8Array(length * 8);
    const decoded = this.#decoders[field].decode(reader.bytes, start, start + length, this.#scratch);
    return decodeCesu8(this.#scratch, 0, decoded);
  }
}
