import { ByteReader } from "./format/bytes.ts";
import type { Segment } from "./segment.ts";

/** A bitset of dead documents, bit `doc & 7` of byte `doc >> 3`; `null` where all live. */
export type Dead = Uint8Array | null;

export function isDead(dead: Dead, doc: number): boolean {
  return dead !== null && (dead[doc >> 3] & (1 << (doc & 7))) !== 0;
}

/** How many documents a bitset marks. */
export function countDead(dead: Dead): number {
  let count = 0;
  if (dead !== null) for (let byte of dead) for (; byte !== 0; byte &= byte - 1) count++;
  return count;
}

/** Reads one term's postings, document by document. */
export class PostingReader {
  doc = -1;
  impact = 0;
  /** 0 outside the title, else 255 minus the position of the first occurrence there. */
  title = 0;
  readonly frequency: number;
  #left: number;
  readonly #body: ByteReader;
  readonly #positions: ByteReader;
  #hasMore = false;
  #skip = 0;

  constructor(segment: Segment, term: number) {
    const { postings, postingOffsets } = segment.terms;
    this.#body = new ByteReader(postings, postingOffsets[term]);
    this.frequency = this.#left = this.#body.varint();
    const bodyLength = this.#body.varint();
    this.#positions = new ByteReader(postings, this.#body.at + bodyLength);
  }

  /** Moves to the next document; `false` behind the last. */
  next(): boolean {
    if (this.#left-- <= 0) return false;
    if (this.#hasMore) this.#skip++;
    const head = this.#body.varint();
    this.doc += (head >>> 2) + 1;
    this.impact = this.#body.byte();
    this.title = (head & 1) === 1 ? this.#body.byte() : 0;
    this.#hasMore = (head & 2) === 2;
    return true;
  }

  /** Where the term stands in the present document, ascending. At most once a document. */
  positions(): number[] {
    const found: number[] = this.title > 0 ? [255 - this.title] : [];
    if (!this.#hasMore) return found;
    for (; this.#skip > 0; this.#skip--) while ((this.#positions.varint() & 1) === 1);
    this.#hasMore = false;
    let position = 0;
    for (;;) {
      const head = this.#positions.varint();
      position += head >>> 1;
      found.push(position);
      if ((head & 1) === 0) return found;
    }
  }
}

/** Documents that live and have the term. Costs a walk of its postings where any document is dead. */
export function liveFrequency(segment: Segment, dead: Dead, term: number): number {
  if (dead === null) return segment.terms.frequency(term);
  const reader = new PostingReader(segment, term);
  let count = 0;
  while (reader.next()) if (!isDead(dead, reader.doc)) count++;
  return count;
}
