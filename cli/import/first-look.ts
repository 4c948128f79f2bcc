import { UsageError } from "../errors.ts";
import type { Chunk } from "./chunks.ts";
import { shown } from "./kinds.ts";
import { ADDED_BY_SERVICE, TARGETS } from "./mapping.ts";

/**
 * Looks at the first records before anything is sent: unknown columns and a mapping that fits no record at all are
 * mistakes of the call, not of the lines. Throws `UsageError`.
 */
export async function* checkedFirst(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) check(chunk);
    isFirst = false;
    yield chunk;
  }
}

function check(chunk: Chunk): void {
  if (chunk.unknown.size > 0) {
    const [example] = chunk.unknown;
    throw new UsageError(
      `Unknown columns: ${[...chunk.unknown].map(shown).join(", ")}.\n` +
        `Known ones: ${[...TARGETS, ...ADDED_BY_SERVICE].join(", ")}.\n` +
        `Map a column:        --map attributes.${example}=${example}\n` +
        `Leave out a column:  --ignore ${example}\n` +
        "Leave out all:       --ignore-unknown",
    );
  }
  const [first] = chunk.refused;
  if (first === undefined || chunk.lines.length > 0) return;
  const isAlone = chunk.records === 1;
  const whole = isAlone ? "The only record cannot" : `None of the first ${chunk.records} records can`;
  throw new UsageError(`${whole} be imported. Line ${first.line}: ${first.detail}`);
}
