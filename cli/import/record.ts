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
    return { line, value: JSON.parse(text) as unknown };
  } catch (error) {
    const detail = `Not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`;
    return { line, refusal: { code: "bad_json", detail }, input: text.slice(0, 2_000) };
  }
}

export function tooLong(line: number): InputRecord {
  const detail = `The record is longer than ${MAX_RECORD_BYTES / 1_000_000} MB`;
  return { line, refusal: { code: "too_long", detail }, input: "" };
}
