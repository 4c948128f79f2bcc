import type { Product } from "../domain/product.ts";
import { analyseProduct } from "./analysis.ts";
import { assemble } from "./format/assemble.ts";
import { ColumnsWriter } from "./format/columns-writer.ts";
import { MAX_SEGMENT_PRODUCTS } from "./format/layout.ts";
import type { SectionName } from "./format/layout.ts";
import { PostingsWriter } from "./format/postings-writer.ts";
import { RecordsWriter } from "./format/records-writer.ts";

export { MAX_SEGMENT_PRODUCTS };

/** Turns products into the bytes of one segment. Add, then finish once. */
export class SegmentBuilder {
  readonly #generation: number;
  /** The last row of each id: of two products with one id the later wins. */
  readonly #rows = new Map<string, number>();
  readonly #postings = new PostingsWriter();
  readonly #records = new RecordsWriter();
  readonly #columns = new ColumnsWriter();
  #added = 0;

  constructor(options: { generation?: number } = {}) {
    this.#generation = options.generation ?? 0;
  }

  /** Distinct products so far. */
  get size(): number {
    return this.#rows.size;
  }

  /** Throws a RangeError beyond `MAX_SEGMENT_PRODUCTS` products. */
  add(product: Product): void {
    if (!this.#rows.has(product.id) && this.size >= MAX_SEGMENT_PRODUCTS) {
      throw new RangeError(
        `Cannot add product "${product.id}": a segment holds at most ${MAX_SEGMENT_PRODUCTS}`,
      );
    }
    const { terms, titleLength } = analyseProduct(product);
    this.#postings.add(terms);
    this.#records.add(product);
    this.#columns.add(product, titleLength);
    this.#rows.set(product.id, this.#added++);
  }

  finish(): ArrayBuffer {
    const ids = [...this.#rows].sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const order = Uint32Array.from(ids, ([, row]) => row);
    const sections = {
      ...this.#postings.finish(order),
      ...this.#records.finish(order),
      ...this.#columns.finish(order),
    } as Record<SectionName, ArrayBufferView<ArrayBuffer>>;
    return assemble(sections, order.length, this.#generation);
  }
}
