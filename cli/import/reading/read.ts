import { readCsv } from "./read-csv.ts";
import { readJsonArray } from "./read-json-array.ts";
import { readNdjson } from "./read-ndjson.ts";
import type { InputRecord } from "./record.ts";

export const FORMATS = ["ndjson", "json", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** The records of plain bytes, in the format given, or else that of the name's ending or the first character. */
export async function* readRecords(
  bytes: AsyncGenerator<Uint8Array>,
  name: string,
  format: Format | undefined,
  delimiter: string | undefined,
): AsyncGenerator<InputRecord> {
  const first = await bytes.next();
  if (first.done === true) return;
  const all = prepended(first.value, bytes);
  switch (format ?? guess(name, first.value)) {
    case "csv":
      yield* readCsv(all, delimiter);
      return;
    case "json":
      yield* readJsonArray(all);
      return;
    case "ndjson":
      yield* readNdjson(all);
  }
}

async function* prepended<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

function guess(name: string, bytes: Uint8Array): Format {
  if (/\.(csv|tsv)(\.gz)?$/i.test(name)) return "csv";
  const start = new TextDecoder().decode(bytes.subarray(0, 4_096)).trimStart();
  if (start.startsWith("[")) return "json";
  return start.startsWith("{") || /\.(jsonl|ndjson|json)(\.gz)?$/i.test(name) ? "ndjson" : "csv";
}
