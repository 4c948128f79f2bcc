import { AppError } from "../../domain/errors.ts";

const encoder = new TextEncoder();
const WINDOW_BYTES = 66_560;

/**
 * The bytes of a stream, read up to one delimiter after another, through one window of 65 KB. Each chunk it gives is good
 * until the next is asked for. Delimiters have 1,024 bytes at most.
 */
export class DelimitedBytes {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #window = new Uint8Array(WINDOW_BYTES);
  #start = 0;
  #end = 0;
  /** What did not fit into the window, in the stream's memory. */
  #rest: Uint8Array = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** What comes before `delimiter`, which is passed over. Throws `body_incomplete` where it does not come. */
  async *until(delimiter: string): AsyncGenerator<Uint8Array> {
    const sought = encoder.encode(delimiter);
    const steps = stepsOf(sought);
    for (;;) {
      const held = this.#window.subarray(this.#start, this.#end);
      const at = indexOf(held, sought, steps);
      if (at >= 0) {
        this.#start += at + sought.length;
        if (at > 0) yield held.subarray(0, at);
        return;
      }
      const safe = held.length - (sought.length - 1);
      if (safe > 0) {
        this.#start += safe;
        yield held.subarray(0, safe);
      }
      await this.#more();
    }
  }

  /** The next `length` bytes as text, which stay to be read. */
  async peek(length: number): Promise<string> {
    while (this.#end - this.#start < length) await this.#more();
    return String.fromCharCode(...this.#window.subarray(this.#start, this.#start + length));
  }

  /** Makes the delimiter that was passed over last, or the end of it, the next to be read. */
  unread(delimiter: string): void {
    this.#start -= delimiter.length;
  }

  cancel(): void {
    this.#reader.cancel().catch(() => undefined);
  }

  async #more(): Promise<void> {
    this.#window.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    if (this.#rest.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done) throw new AppError("body_incomplete", "The form ends without its closing delimiter");
      this.#rest = value;
    }
    const taken = this.#rest.subarray(0, WINDOW_BYTES - this.#end);
    this.#window.set(taken, this.#end);
    this.#end += taken.length;
    this.#rest = this.#rest.subarray(taken.length);
  }
}

/** Horspool's search: how far to go on from a byte that stands where the last one of `sought` should. */
function stepsOf(sought: Uint8Array): Uint16Array {
  const steps = new Uint16Array(256).fill(sought.length);
  for (let i = 0; i < sought.length - 1; i++) steps[sought[i]] = sought.length - 1 - i;
  return steps;
}

function indexOf(bytes: Uint8Array, sought: Uint8Array, steps: Uint16Array): number {
  const last = sought.length - 1;
  for (let at = 0; at + last < bytes.length; at += steps[bytes[at + last]]) {
    if (isAt(bytes, at, sought)) return at;
  }
  return -1;
}

function isAt(bytes: Uint8Array, at: number, sought: Uint8Array): boolean {
  for (let i = sought.length - 1; i >= 0; i--) if (bytes[at + i] !== sought[i]) return false;
  return true;
}
