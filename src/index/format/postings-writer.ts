import type { TermEntry } from "../analysis.ts";
import { impactOf } from "../scoring.ts";
import { ByteReader, ByteWriter, varintLength, writeVarint } from "./bytes.ts";
import { cesu8Length, writeCesu8 } from "./cesu8.ts";

/** `t` of a posting: 0 outside the title, else this minus the position of the first occurrence there. */
export const TITLE_BASE = 255;

export interface Postings {
  termOffsets: Uint32Array<ArrayBuffer>;
  termBytes: Uint8Array<ArrayBuffer>;
  /** How many bytes each term has in common with the one before. */
  termPrefixes: Uint8Array<ArrayBuffer>;
  /** Terms that share fewer than two bytes with the one before. */
  termBuckets: Uint32Array<ArrayBuffer>;
  postingOffsets: Uint32Array<ArrayBuffer>;
  postings: Uint8Array<ArrayBuffer>;
}

/**
 * Gathers the terms of documents as one stream of bytes, document by document, and turns the stream into postings,
 * term by term, in two passes that count and then write: so no posting is ever an object.
 */
export class PostingsWriter {
  readonly #codes = new Map<string, number>();
  readonly #stream = new ByteWriter(1 << 12);
  readonly #starts: number[] = [];

  add(terms: ReadonlyMap<string, TermEntry>): void {
    this.#starts.push(this.#stream.length);
    const stream = this.#stream;
    stream.varint(terms.size);
    for (const [term, entry] of terms) {
      let code = this.#codes.get(term);
      if (code === undefined) this.#codes.set(term, (code = this.#codes.size));
      const { titlePosition, positions } = entry;
      const skip = titlePosition >= 0 && positions.length > 0 ? 1 : 0;
      stream.varint(code);
      stream.byte(impactOf(entry.weight));
      stream.byte(titlePosition < 0 ? 0 : TITLE_BASE - titlePosition);
      stream.varint(positions.length - skip);
      for (let i = skip; i < positions.length; i++)
        stream.varint(positions[i] - (i > skip ? positions[i - 1] : 0));
    }
  }

  /** Postings of the documents in `order`, which become documents 0, 1 and so on. */
  finish(order: Uint32Array): Postings {
    const sizes = this.#measure(order);
    const names = [...this.#codes].filter(([, code]) => sizes.frequencies[code] > 0);
    names.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const postingOffsets = new Uint32Array(names.length + 1);
    names.forEach(([, code], i) => (postingOffsets[i + 1] = postingOffsets[i] + sizes.total(code)));
    const postings = new Uint8Array(postingOffsets[names.length]);
    const cursors = new TermCursors(this.#codes.size);
    names.forEach(([, code], i) => {
      let at = writeVarint(postings, postingOffsets[i], sizes.frequencies[code]);
      at = writeVarint(postings, at, sizes.bodies[code]);
      cursors.body[code] = at;
      cursors.positions[code] = at + sizes.bodies[code];
    });
    this.#write(order, cursors, postings);
    this.#stream.release();
    return { ...dictionary(names.map(([name]) => name)), postingOffsets, postings };
  }

  #measure(order: Uint32Array): TermSizes {
    const sizes = new TermSizes(this.#codes.size);
    const reader = new ByteReader(this.#stream.bytes);
    const last = new Int32Array(this.#codes.size).fill(-1);
    for (let doc = 0; doc < order.length; doc++) {
      reader.at = this.#starts[order[doc]];
      for (let left = reader.varint(); left > 0; left--) {
        const code = reader.varint();
        reader.at++;
        const inTitle = reader.byte() > 0;
        sizes.frequencies[code]++;
        sizes.bodies[code] += varintLength((doc - last[code] - 1) << 2) + (inTitle ? 2 : 1);
        last[code] = doc;
        for (let rest = reader.varint(); rest > 0; rest--)
          sizes.positions[code] += varintLength(reader.varint() << 1);
      }
    }
    return sizes;
  }

  #write(order: Uint32Array, cursors: TermCursors, into: Uint8Array): void {
    const reader = new ByteReader(this.#stream.bytes);
    const { body, positions, last } = cursors;
    for (let doc = 0; doc < order.length; doc++) {
      reader.at = this.#starts[order[doc]];
      for (let left = reader.varint(); left > 0; left--) {
        const code = reader.varint();
        const impact = reader.byte();
        const title = reader.byte();
        let rest = reader.varint();
        const flags = (rest > 0 ? 2 : 0) | (title > 0 ? 1 : 0);
        let at = writeVarint(into, body[code], ((doc - last[code] - 1) << 2) | flags);
        last[code] = doc;
        into[at++] = impact;
        if (title > 0) into[at++] = title;
        body[code] = at;
        at = positions[code];
        for (; rest > 0; rest--) at = writeVarint(into, at, (reader.varint() << 1) | (rest > 1 ? 1 : 0));
        positions[code] = at;
      }
    }
  }
}

class TermSizes {
  readonly frequencies: Uint32Array;
  readonly bodies: Uint32Array;
  readonly positions: Uint32Array;

  constructor(terms: number) {
    this.frequencies = new Uint32Array(terms);
    this.bodies = new Uint32Array(terms);
    this.positions = new Uint32Array(terms);
  }

  total(code: number): number {
    const body = this.bodies[code];
    return varintLength(this.frequencies[code]) + varintLength(body) + body + this.positions[code];
  }
}

class TermCursors {
  readonly body: Uint32Array;
  readonly positions: Uint32Array;
  readonly last: Int32Array;

  constructor(terms: number) {
    this.body = new Uint32Array(terms);
    this.positions = new Uint32Array(terms);
    this.last = new Int32Array(terms).fill(-1);
  }
}

function dictionary(names: readonly string[]): Omit<Postings, "postingOffsets" | "postings"> {
  const termOffsets = new Uint32Array(names.length + 1);
  const termPrefixes = new Uint8Array(names.length);
  names.forEach((name, i) => (termOffsets[i + 1] = termOffsets[i] + cesu8Length(name)));
  const termBytes = new Uint8Array(termOffsets[names.length]);
  const buckets: number[] = [];
  const scratch = new Uint8Array(3 * 256);
  for (let i = 0; i < names.length; i++) {
    const length = writeCesu8(scratch, 0, names[i]);
    termBytes.set(scratch.subarray(0, length), termOffsets[i]);
    if (i > 0) termPrefixes[i] = commonPrefix(termBytes, termOffsets, i);
    if (termPrefixes[i] < 2) buckets.push(i);
  }
  return { termOffsets, termBytes, termPrefixes, termBuckets: Uint32Array.from(buckets) };
}

function commonPrefix(bytes: Uint8Array, offsets: Uint32Array, term: number): number {
  const before = offsets[term - 1];
  const start = offsets[term];
  const most = Math.min(start - before, offsets[term + 1] - start, 255);
  let length = 0;
  while (length < most && bytes[before + length] === bytes[start + length]) length++;
  return length;
}
