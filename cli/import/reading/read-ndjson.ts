import { MAX_RECORD_BYTES, parseRecord, tooLong, type InputRecord } from "./record.ts";

const NEWLINE = 0x0a;

/** One JSON value a line; empty lines are passed over, but counted. */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord> {
  const rest = new Pending();
  let line = 1;
  for await (const piece of bytes) {
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      rest.add(piece.subarray(from, at));
      const record = rest.take(line++);
      if (record !== null) yield record;
      from = at + 1;
    }
    rest.add(piece.subarray(from));
  }
  const last = rest.take(line);
  if (last !== null) yield last;
}

/** The pieces of a line or element that is not complete yet, within the bound of one record. */
export class Pending {
  #pieces: Uint8Array[] = [];
  #length = 0;

  add(piece: Uint8Array): void {
    this.#length += piece.length;
    if (piece.length > 0 && this.#length <= MAX_RECORD_BYTES) this.#pieces.push(piece);
  }

  /** The record collected, `null` where there is only white space; begins anew. */
  take(line: number): InputRecord | null {
    const [pieces, length] = [this.#pieces, this.#length];
    this.#pieces = [];
    this.#length = 0;
    if (length > MAX_RECORD_BYTES) return tooLong(line);
    const bytes = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    return bytes.every(isSpace) ? null : parseRecord(line, line === 1 ? withoutMark(bytes) : bytes);
  }
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
