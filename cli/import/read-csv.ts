import { Readable } from "node:stream";
import { parse, type CsvError } from "csv-parse";
import { SourceError } from "./bytes.ts";
import { MAX_RECORD_BYTES, type InputRecord } from "./record.ts";

interface Row {
  record: Record<string, string>;
  info: { lines: number };
}

/**
 * RFC 4180 rows under a line of column names. A row with another number of fields is refused by itself; a quote that
 * never closes breaks the rest of the file. Without `delimiter`, the header says which of `,` `;` tab it is.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string | undefined,
): AsyncGenerator<InputRecord> {
  const pieces = decoded(bytes);
  const first = await pieces.next();
  if (first.done === true) return;
  const skipped: InputRecord[] = [];
  const parser = parse({
    bom: true,
    columns: true,
    delimiter: delimiter ?? guessDelimiter(first.value),
    info: true,
    max_record_size: MAX_RECORD_BYTES,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error, raw) => {
      if (error !== undefined) skipped.push(refused(error, raw));
      return undefined;
    },
  });
  const text = Readable.from(prepended(first.value, pieces));
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const row of parser as AsyncIterable<Row>) {
      yield* skipped.splice(0);
      yield { line: row.info.lines, value: row.record };
    }
  } catch (error) {
    yield* skipped.splice(0);
    throw error instanceof SourceError ? error : new SourceError(`The CSV cannot be read: ${String(error)}`);
  }
  yield* skipped;
}

async function* prepended(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const piece of bytes) {
    const text = decodeOrThrow(() => decoder.decode(piece, { stream: true }));
    if (text !== "") yield text;
  }
  yield decodeOrThrow(() => decoder.decode());
}

function decodeOrThrow(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new SourceError(
      "The CSV is not UTF-8: convert it first, for example with iconv -f latin1 -t utf-8",
    );
  }
}

function guessDelimiter(text: string): string {
  const header = text.split("\n", 1)[0];
  const counts = [",", ";", "\t"].map((candidate) => [candidate, header.split(candidate).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function refused(error: CsvError, raw: string | undefined): InputRecord {
  const line = typeof error.lines === "number" ? error.lines : 0;
  return {
    line,
    refusal: { code: "bad_csv", detail: error.message.slice(0, 300) },
    input: raw?.slice(0, 2_000) ?? "",
  };
}
