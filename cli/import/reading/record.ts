/** One entry of the input: a record, or why it is none. `line` counts from 1: of the file, or the array's element. */
export type InputRecord =
  | { line: number; value: unknown }
  | { line: number; refusal: Refusal; input: string };

export interface Refusal {
  code: string;
  detail: string;
}

/** One record's text; a longer one is refused instead of held in memory. */
export const MAX_RECORD_BYTES = 4_000_000;

/** Deeper than any product, and far from what the stack can take. */
const MAX_LEVELS = 20;

const DECODER = new TextDecoder("utf-8", { fatal: true });

/** A record from the UTF-8 text of one JSON value. */
export function parseRecord(line: number, bytes: Uint8Array): InputRecord {
  let text: string;
  try {
    text = DECODER.decode(bytes);
  } catch {
    const refusal = { code: "bad_encoding", detail: "The line is not valid UTF-8" };
    return { line, refusal, input: new TextDecoder().decode(bytes.subarray(0, 2_000)) };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isDeep(value)) return { line, value };
    const refusal = { code: "too_deep", detail: `The record nests deeper than ${MAX_LEVELS} levels` };
    return { line, refusal, input: text.slice(0, 2_000) };
  } catch (error) {
    const detail = `Not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`;
    return { line, refusal: { code: "bad_json", detail }, input: text.slice(0, 2_000) };
  }
}

/** JSON is read to any depth and written by recursion only: what is deep would end the whole import. */
export function isDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1));
}

export function tooLong(line: number): InputRecord {
  const detail = `The record is longer than ${MAX_RECORD_BYTES / 1_000_000} MB`;
  return { line, refusal: { code: "too_long", detail }, input: "" };
}
