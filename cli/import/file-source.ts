import { statSync } from "node:fs";
import { basename } from "node:path";
import { wholeNumber, type Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { chunksOf, type Chunk } from "./chunks.ts";
import { checkedFirst } from "./first-look.ts";
import type { ImportKind } from "./kind.ts";
import type { ProgressBar } from "./progress.ts";
import { plainBytes, readFile, type Meter } from "./reading/bytes.ts";
import { FORMATS, readRecords, type Format } from "./reading/read.ts";
import { skipRecords } from "./skip.ts";
import type { Progress } from "./state.ts";

const MAX_CHUNK_CHARS = 8_000_000;

/** The file of the call, or standard input, read as the call says. */
export interface FileSource {
  label: string;
  /** `null` for standard input. */
  path: string | null;
  meter: Meter;
  totalBytes: number | null;
  /** What decides how a line becomes a record of the service: another one is another import. */
  how: unknown;
  /** Chunks behind what `done` says. Throws `UsageError` where the first records cannot be meant. */
  chunks(done: Progress, progress?: ProgressBar): AsyncGenerator<Chunk>;
}

/** Opens what the first word names. Throws `UsageError` where there is no such file. */
export function openSource(invocation: Invocation, kind: ImportKind): FileSource {
  const [name] = invocation.words;
  const path = name === "-" ? null : name;
  if (path !== null && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no file "${path}"`);
  }
  const [format, delimiter] = [readFormat(invocation), invocation.text("delimiter")];
  const size = wholeNumber(invocation, "chunk", kind.chunkRecords, [1, 20_000]);
  const meter: Meter = { bytes: 0 };
  const tell = (): void => {
    const note = kind.noteAfterFirst?.() ?? null;
    if (note !== null && !invocation.flag("quiet")) invocation.err(`${note}\n`);
  };
  return {
    label: path ?? "stdin",
    path,
    meter,
    totalBytes: path === null ? null : statSync(path).size,
    how: [kind.how, format, delimiter],
    chunks(done, progress) {
      const bytes = plainBytes(path === null ? invocation.stdin : readFile(path), meter);
      const records = readRecords(bytes, path === null ? "" : basename(path), format, delimiter);
      const rest = skipRecords(records, done.records, () =>
        progress?.skipped({ rows: done.records, bytesRead: meter.bytes }),
      );
      const limits = { records: size, chars: MAX_CHUNK_CHARS };
      return checkedFirst(chunksOf(rest, kind.convert, limits), kind, tell);
    },
  };
}

function readFormat(invocation: Invocation): Format | undefined {
  const name = invocation.text("format");
  const known = FORMATS.find((format) => format === name);
  if (name !== undefined && known === undefined) {
    throw new UsageError(`--format is "${name}", not one of ${FORMATS.join(", ")}`);
  }
  return known;
}
