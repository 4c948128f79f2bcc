import { ByteReader } from "./format/bytes.ts";
import { compareBytes, decodeCesu8, writeCesu8 } from "./format/cesu8.ts";
import type { SegmentView } from "./format/view.ts";
import { EDGE_END } from "./analysis.ts";

const key = new Uint8Array(1024);

/** The sorted terms of a segment and where their postings are. */
export class TermDictionary {
  readonly size: number;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  /** Bytes in common with the term before. */
  readonly prefixes: Uint8Array;
  /** Terms that share fewer than two bytes with the one before. */
  readonly buckets: Uint32Array;
  readonly postingOffsets: Uint32Array;
  readonly postings: Uint8Array;
  readonly #reader: ByteReader;
  #firstWord = -1;

  constructor(view: SegmentView) {
    this.offsets = view.uint32("termOffsets");
    this.size = this.offsets.length - 1;
    this.bytes = view.bytes("termBytes");
    this.prefixes = view.bytes("termPrefixes");
    this.buckets = view.uint32("termBuckets");
    this.postingOffsets = view.uint32("postingOffsets");
    this.postings = view.bytes("postings");
    this.#reader = new ByteReader(this.postings);
  }

  /** The first term that is a word; those before are pseudo-terms. */
  get firstWord(): number {
    if (this.#firstWord < 0) this.#firstWord = this.#lowerBound(writeCesu8(key, 0, EDGE_END));
    return this.#firstWord;
  }

  /** The number of `term`, -1 where no document has it. */
  find(term: string): number {
    if (term.length * 3 > key.length) return -1;
    const length = writeCesu8(key, 0, term);
    const at = this.#lowerBound(length);
    if (at === this.size) return -1;
    return compareBytes(this.bytes, this.offsets[at], this.offsets[at + 1], key, 0, length) === 0 ? at : -1;
  }

  /** The terms that begin with `prefix`, from the first to before the second. */
  prefixRange(prefix: string): [number, number] {
    const length = writeCesu8(key, 0, prefix);
    const from = this.#lowerBound(length);
    // No byte of CESU-8 is above 0xef: this is behind all that begin with the prefix.
    key[length] = 0xff;
    return [from, this.#lowerBound(length + 1, from)];
  }

  text(term: number): string {
    return decodeCesu8(this.bytes, this.offsets[term], this.offsets[term + 1]);
  }

  byteLength(term: number): number {
    return this.offsets[term + 1] - this.offsets[term];
  }

  /** Documents that have the term, dead ones as well. */
  frequency(term: number): number {
    this.#reader.at = this.postingOffsets[term];
    return this.#reader.varint();
  }

  #lowerBound(length: number, from = 0): number {
    let low = from;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareBytes(this.bytes, this.offsets[middle], this.offsets[middle + 1], key, 0, length) < 0)
        low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
