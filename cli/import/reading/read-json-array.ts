import { SourceError } from "./bytes.ts";
import { isSpace, Pending } from "./read-ndjson.ts";
import type { InputRecord } from "./record.ts";

const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];

/** The elements of one JSON array, one at a time: only the element being read is in memory. */
export async function* readJsonArray(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord> {
  const element = new Pending();
  const scanner = { depth: 0, inString: false, escaped: false };
  let [count, elements] = [0, 0];
  let ended = false;
  for await (const piece of bytes) {
    let from = 0;
    if (ended) requireSpace(piece, elements);
    if (ended) continue;
    for (let at = 0; at < piece.length; at++) {
      const boundary = step(scanner, piece[at]);
      if (boundary === "inside") continue;
      element.add(boundary === "begins" ? piece.subarray(0, 0) : piece.subarray(from, at));
      from = at + 1;
      if (boundary === "begins") continue;
      const record = element.take(++count);
      if (record !== null) elements++;
      if (record !== null) yield record;
      ended = boundary === "ends";
      if (ended) requireSpace(piece.subarray(from), elements);
      if (ended) break;
    }
    if (!ended) element.add(scanner.depth === 0 ? piece.subarray(0, 0) : piece.subarray(from));
  }
  if (!ended) throw new SourceError(`The JSON array ends too early, after ${counted(elements)}`);
}

/** Nothing is passed over in silence: a second array, say, is not read. */
function requireSpace(bytes: Uint8Array, elements: number): void {
  if (!bytes.every(isSpace))
    throw new SourceError(`The JSON array ends after ${counted(elements)}, but the file goes on`);
}

function counted(elements: number): string {
  return `${elements.toLocaleString("en-US")} elements`;
}

interface Scanner {
  depth: number;
  inString: boolean;
  escaped: boolean;
}

/** Where one byte stands: structure is ASCII, and no byte of a longer UTF-8 sequence is. */
function step(scanner: Scanner, byte: number): "inside" | "begins" | "next" | "ends" {
  if (scanner.inString) {
    if (scanner.escaped) scanner.escaped = false;
    else if (byte === BACKSLASH) scanner.escaped = true;
    else if (byte === QUOTE) scanner.inString = false;
    return "inside";
  }
  switch (byte) {
    case QUOTE:
      scanner.inString = true;
      return "inside";
    case OPEN:
    case OPEN_OBJECT:
      return ++scanner.depth === 1 ? "begins" : "inside";
    case CLOSE:
    case CLOSE_OBJECT:
      return --scanner.depth === 0 ? "ends" : "inside";
    case COMMA:
      return scanner.depth === 1 ? "next" : "inside";
    default:
      return "inside";
  }
}
