import { AppError } from "../../domain/errors.ts";

const encoder = new TextEncoder();
const NOTHING = new Uint8Array();

/** The bytes of a stream, read up to one delimiter after another; it holds a chunk and a delimiter's length at most. */
export class DelimitedBytes {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #held: Uint8Array = NOTHING;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** What comes before `delimiter`, which is passed over. Throws `body_incomplete` where it does not come. */
  async *until(delimiter: string): AsyncGenerator<Uint8Array> {
    const sought = encoder.encode(delimiter);
    for (;;) {
      const at = indexOf(this.#held, sought);
      if (at >= 0) {
        const before = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + sought.length);
        if (before.length > 0) yield before;
        return;
      }
      const safe = this.#held.length - (sought.length - 1);
      if (safe > 0) {
        const before = this.#held.subarray(0, safe);
        this.#held = this.#held.subarray(safe);
        yield before;
      }
      await this.#more();
    }
  }

  /** The next `length` bytes as text, which stay to be read. */
  async peek(length: number): Promise<string> {
    while (this.#held.length < length) await this.#more();
    return String.fromCharCode(...this.#held.subarray(0, length));
  }

  /** Makes `text` the next to be read. */
  unread(text: string): void {
    this.#held = joined(encoder.encode(text), this.#held);
  }

  cancel(): void {
    this.#reader.cancel().catch(() => undefined);
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) throw new AppError("body_incomplete", "The form ends without its closing delimiter");
    this.#held = this.#held.length === 0 ? value : joined(this.#held, value);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function indexOf(bytes: Uint8Array, sought: Uint8Array): number {
  const [first] = sought;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + sought.length > bytes.length) return -1;
    if (sought.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
