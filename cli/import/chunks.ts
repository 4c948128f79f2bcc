import type { Convert } from "./kind.ts";
import type { InputRecord } from "./reading/record.ts";
import type { Rejection } from "./rejected.ts";

export interface Line {
  line: number;
  /** What the service takes, as JSON without a line break. */
  text: string;
}

/** Records that go to the service in one request, and those that never will. */
export interface Chunk {
  /** How many records it stands for, refused ones included. */
  records: number;
  lines: Line[];
  refused: Rejection[];
  /** Names in refused records that nothing is mapped to. */
  unknown: Set<string>;
}

export interface ChunkLimits {
  records: number;
  chars: number;
}

/** Converts records and gathers them into chunks. An error of the source comes after the last chunk before it. */
export async function* chunksOf(
  records: AsyncIterable<InputRecord>,
  convert: Convert,
  limits: ChunkLimits,
): AsyncGenerator<Chunk> {
  let chunk = newChunk();
  let chars = 0;
  try {
    for await (const record of records) {
      const length = add(chunk, record, convert);
      chars += length;
      if (chunk.records < limits.records && chars < limits.chars) continue;
      yield chunk;
      chunk = newChunk();
      chars = 0;
    }
  } catch (error) {
    if (chunk.records > 0) yield chunk;
    throw error;
  }
  if (chunk.records > 0) yield chunk;
}

function newChunk(): Chunk {
  return { records: 0, lines: [], refused: [], unknown: new Set() };
}

function add(chunk: Chunk, record: InputRecord, convert: Convert): number {
  chunk.records++;
  const { line } = record;
  if ("refusal" in record) {
    chunk.refused.push({ line, ...record.refusal, input: record.input });
    return 0;
  }
  const converted = convert(record.value, line);
  if ("refusal" in converted) {
    chunk.refused.push({ line, ...converted.refusal, input: record.value });
    for (const column of converted.unknown ?? []) chunk.unknown.add(column);
    return 0;
  }
  const text = JSON.stringify(converted.value);
  chunk.lines.push({ line, text });
  return text.length + 1;
}
