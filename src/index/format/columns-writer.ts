import type { AttributeValue, Product } from "../../domain/product.ts";
import { popularityOf } from "../scoring.ts";
import type { SectionName } from "./layout.ts";
import { encodeNumbers, encodeStrings, narrowCodes } from "./columns.ts";

type Sections = Partial<Record<SectionName, ArrayBufferView<ArrayBuffer>>>;

/** Distinct strings in the order they came, `null` being none. */
class StringColumn {
  readonly #codes = new Map<string, number>();
  readonly #rows: number[] = [];

  add(text: string | null): void {
    if (text === null) return void this.#rows.push(-1);
    let code = this.#codes.get(text);
    if (code === undefined) this.#codes.set(text, (code = this.#codes.size));
    this.#rows.push(code);
  }

  /** Sorted strings that `order` uses, and codes: 0 for none, else 1 + place. */
  finish(order: Uint32Array): {
    codes: ArrayBufferView<ArrayBuffer>;
    offsets: Uint32Array<ArrayBuffer>;
    bytes: Uint8Array<ArrayBuffer>;
  } {
    const used = new Set(Array.from(order, (row) => this.#rows[row]));
    const names = [...this.#codes]
      .filter(([, code]) => used.has(code))
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const places = new Map(names.map(([, code], place) => [code, place + 1]));
    const codes = narrowCodes(
      Array.from(order, (row) => places.get(this.#rows[row]) ?? 0),
      names.length + 1,
    );
    return { codes: codes as Uint8Array<ArrayBuffer>, ...encodeStrings(names.map(([name]) => name)) };
  }
}

/** Kinds of attribute values, in the order they sort in. */
const KINDS = ["boolean", "number", "string"];

interface Attribute {
  key: string;
  text: string;
  kind: number;
}

/** Distinct pairs of key and value, and the pairs of each document. */
class AttributesColumn {
  readonly #codes = new Map<string, number>();
  readonly #values: Attribute[] = [];
  readonly #rows: number[] = [];
  readonly #starts: number[] = [0];

  add(attributes: Readonly<Record<string, AttributeValue>>): void {
    for (const [key, value] of Object.entries(attributes)) {
      const attribute = { key, text: String(value), kind: KINDS.indexOf(typeof value) };
      const name = JSON.stringify([key, attribute.kind, attribute.text]);
      let code = this.#codes.get(name);
      if (code === undefined) {
        this.#codes.set(name, (code = this.#values.length));
        this.#values.push(attribute);
      }
      this.#rows.push(code);
    }
    this.#starts.push(this.#rows.length);
  }

  finish(order: Uint32Array): Sections {
    const rows = Array.from(order, (row) => this.#rows.slice(this.#starts[row], this.#starts[row + 1]));
    const used = [...new Set(rows.flat())].sort((a, b) =>
      compareAttributes(this.#values[a], this.#values[b]),
    );
    const places = new Uint32Array(this.#values.length);
    used.forEach((code, place) => (places[code] = place));
    const values = used.map((code) => this.#values[code]);
    const keys = [...new Set(values.map((value) => value.key))];
    const keyPlaces = new Map(keys.map((key, place) => [key, place]));
    const starts = new Uint32Array(keys.length + 1);
    values.forEach(({ key }, place) => (starts[(keyPlaces.get(key) ?? 0) + 1] = place + 1));
    const offsets = new Uint32Array(rows.length + 1);
    rows.forEach((row, doc) => (offsets[doc + 1] = offsets[doc] + row.length));
    const keyStrings = encodeStrings(keys);
    const valueStrings = encodeStrings(values.map((value) => value.text));
    return {
      attributeKeyOffsets: keyStrings.offsets,
      attributeKeyBytes: keyStrings.bytes,
      attributeKeyStarts: starts,
      attributeValueOffsets: valueStrings.offsets,
      attributeValueBytes: valueStrings.bytes,
      attributeNumbers: Float64Array.from(values, ({ kind, text }) =>
        KINDS[kind] === "number" ? Number(text) : NaN,
      ),
      attributeOffsets: offsets,
      attributeCodes: Uint32Array.from(
        rows.flatMap((row) => row.map((code) => places[code]).sort((a, b) => a - b)),
      ),
    };
  }
}

function compareAttributes(a: Attribute, b: Attribute): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return a.kind - b.kind;
}

/** Gathers what filters, facets, sorts and hits read, column by column. */
export class ColumnsWriter {
  readonly #numbers = { titleLength: [] as number[], popularity: [] as number[], stock: [] as number[] };
  readonly #values = {
    price: [] as number[],
    rating: [] as number[],
    ratingCount: [] as number[],
    updated: [] as number[],
  };
  readonly #currency = new StringColumn();
  readonly #brand = new StringColumn();
  readonly #category = new StringColumn();
  readonly #org = new StringColumn();
  readonly #attributes = new AttributesColumn();

  add(product: Product, titleLength: number): void {
    this.#numbers.titleLength.push(Math.min(255, titleLength));
    this.#numbers.popularity.push(popularityOf(product));
    this.#numbers.stock.push(product.inStock ? 1 : 0);
    this.#values.price.push(product.price?.amount ?? NaN);
    this.#values.rating.push(product.rating ?? NaN);
    this.#values.ratingCount.push(product.ratingCount);
    this.#values.updated.push(product.updatedAt);
    this.#currency.add(product.price?.currency ?? null);
    this.#brand.add(product.brand);
    this.#category.add(JSON.stringify(product.category));
    this.#org.add(product.orgId);
    this.#attributes.add(product.attributes);
  }

  finish(order: Uint32Array): Sections {
    const sections: Sections = {
      titleLengths: Uint8Array.from(order, (row) => this.#numbers.titleLength[row]),
      popularity: Uint8Array.from(order, (row) => this.#numbers.popularity[row]),
      stock: Uint8Array.from(order, (row) => this.#numbers.stock[row]),
      ...this.#attributes.finish(order),
    };
    for (const name of ["price", "rating", "ratingCount", "updated"] as const) {
      const { values, codes } = encodeNumbers(Float64Array.from(order, (row) => this.#values[name][row]));
      sections[`${name}Values`] = values;
      sections[`${name}Codes`] = codes as Uint8Array<ArrayBuffer>;
    }
    const strings = {
      currency: this.#currency,
      brand: this.#brand,
      category: this.#category,
      org: this.#org,
    };
    for (const name of ["currency", "brand", "category", "org"] as const) {
      const { codes, offsets, bytes } = strings[name].finish(order);
      sections[`${name}Codes`] = codes;
      sections[`${name}Offsets`] = offsets;
      sections[`${name}Bytes`] = bytes;
    }
    return sections;
  }
}
