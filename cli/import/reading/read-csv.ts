import { Readable } from "node:stream";
import { parse, type CsvError, type Parser } from "csv-parse";
import { SourceError } from "./bytes.ts";
import { MAX_RECORD_BYTES, type InputRecord } from "./record.ts";

interface Row {
  record: Record<string, string>;
  info: { lines: number };
}

/** After these the parser takes the text of rows for that of fields, and drops it. */
const DERAILING = new Set(["CSV_INVALID_CLOSING_QUOTE", "CSV_QUOTE_NOT_CLOSED", "CSV_MAX_RECORD_SIZE"]);

/**
 * RFC 4180 rows under a line of column names. A row with another number of fields is refused by itself; a quote that
 * does not close where it should breaks the rest of the file, and the rows before it are read. Without `delimiter`, the header says which of `,` `;` tab it is.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string | undefined,
): AsyncGenerator<InputRecord> {
  const pieces = decoded(bytes);
  const first = await pieces.next();
  if (first.done === true) return;
  const faults: Faults = { skipped: [], derailed: null };
  const parser = newParser(delimiter ?? guessDelimiter(first.value), faults);
  const text = Readable.from(prepended(first.value, pieces));
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let last = 1;
  try {
    for await (const row of parser as AsyncIterable<Row>) {
      // The parser is ahead of its reader: what it made of the text after a fault may be there already.
      if (row.info.lines >= (faults.derailed === null ? Infinity : lineOf(faults.derailed))) break;
      yield* faults.skipped.splice(0);
      last = row.info.lines;
      yield { line: last, value: row.record };
    }
  } catch (error) {
    yield* faults.skipped.splice(0);
    throw error instanceof SourceError ? error : new SourceError(`The CSV cannot be read: ${String(error)}`);
  } finally {
    text.destroy();
  }
  yield* faults.skipped;
  if (faults.derailed !== null)
    throw derailment(faults.derailed, Math.max(last, faults.skipped.at(-1)?.line ?? 0));
}

interface Faults {
  skipped: InputRecord[];
  /** The fault after which nothing can be told apart. */
  derailed: CsvError | null;
}

function newParser(delimiter: string, faults: Faults): Parser {
  return parse({
    bom: true,
    columns: true,
    delimiter,
    info: true,
    max_record_size: MAX_RECORD_BYTES,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error, raw) => {
      if (error === undefined || faults.derailed !== null) return undefined;
      if (DERAILING.has(error.code)) faults.derailed = error;
      else faults.skipped.push(refused(error, raw));
      return undefined;
    },
  });
}

function derailment({ message }: CsvError, lastLine: number): SourceError {
  const detail = message.slice(0, 200);
  return new SourceError(
    `The CSV cannot be followed after line ${lastLine}: a quote there is not closed, or goes on after its end (${detail})`,
  );
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
  return {
    line: lineOf(error),
    refusal: { code: "bad_csv", detail: error.message.slice(0, 300) },
    input: raw?.slice(0, 2_000) ?? "",
  };
}

function lineOf(error: CsvError): number {
  return typeof error.lines === "number" ? error.lines : 0;
}
