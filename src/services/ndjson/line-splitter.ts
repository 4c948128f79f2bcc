const NEWLINE = 10;
const RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

export interface Line {
  /** From 1. */
  number: number;
  /** Without the line's end; `null` for a line over the limit, whose bytes are dropped. Good until the next chunk. */
  bytes: Uint8Array | null;
}

/** Cuts a stream of bytes into lines, whatever its chunks, holding at most one line of `maxBytes`. */
export class LineSplitter {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  #tooLong = false;
  #number = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The number of the last line taken out. */
  get lastNumber(): number {
    return this.#number;
  }

  /** The lines that end within `chunk`. */
  *push(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, end));
      yield this.#take();
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  /** The last line, where it has no end. */
  *end(): Generator<Line> {
    if (this.#length > 0 || this.#tooLong) yield this.#take();
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0 || this.#tooLong) return;
    this.#length += part.length;
    this.#tooLong = this.#length > this.#maxBytes;
    if (this.#tooLong) this.#parts = [];
    else this.#parts.push(part);
  }

  #take(): Line {
    this.#number++;
    const bytes = this.#tooLong ? null : this.#join();
    this.#parts = [];
    this.#length = 0;
    this.#tooLong = false;
    return { number: this.#number, bytes: bytes && trimEnds(bytes, this.#number === 1) };
  }

  #join(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0];
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }
}

function trimEnds(bytes: Uint8Array, isFirst: boolean): Uint8Array {
  const from = isFirst && BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  const to = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  return bytes.subarray(from, to);
}
