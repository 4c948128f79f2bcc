import { AppError } from "../../domain/errors.ts";

const LEFT_BRACKET = 0x5b;
/** White space and the bytes of a byte order mark. */
const PASSED_OVER = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** Whether the body's first character is in `chunk`. Throws where it begins a JSON array; `what` is one of a line. */
export function begins(chunk: Uint8Array, what: string): boolean {
  const first = chunk.find((byte) => !PASSED_OVER.has(byte));
  if (first !== LEFT_BRACKET) return first !== undefined;
  throw new AppError(
    "invalid_input",
    `The body is a JSON array: send NDJSON, one ${what} a line without brackets`,
  );
}
