import { AppError } from "../../domain/errors.ts";
import type { Line, LineSplitter } from "./line-splitter.ts";

const LEFT_BRACKET = 0x5b;
/** White space and the bytes of a byte order mark. */
const PASSED_OVER = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Takes a body's lines one after the other, the last whether or not it ends. `what` is one of a line, for the error of a
 * body that begins a JSON array.
 */
export async function eachLine(
  chunks: AsyncIterable<Uint8Array>,
  splitter: LineSplitter,
  what: string,
  take: (line: Line) => Promise<void>,
): Promise<void> {
  let isBegun = false;
  for await (const chunk of chunks) {
    if (!isBegun) isBegun = begins(chunk, what);
    for (const line of splitter.push(chunk)) await take(line);
  }
  for (const line of splitter.end()) await take(line);
}

/** Whether the body's first character is in `chunk`. Throws where it begins a JSON array. */
function begins(chunk: Uint8Array, what: string): boolean {
  const first = chunk.find((byte) => !PASSED_OVER.has(byte));
  if (first !== LEFT_BRACKET) return first !== undefined;
  throw new AppError(
    "invalid_input",
    `The body is a JSON array: send NDJSON, one ${what} a line without brackets`,
  );
}
