import { UsageError } from "../errors.ts";
import type { Chunk } from "./chunks.ts";
import type { ImportKind } from "./kind.ts";

type Judge = Pick<ImportKind, "explainUnknown" | "innocent">;

/**
 * Looks at the first records before anything is sent: unknown names and a mapping that fits no record at all are
 * mistakes of the call, not of the lines. Throws `UsageError`.
 */
export async function* checkedFirst(
  chunks: AsyncIterable<Chunk>,
  kind: Judge,
  onChecked: () => void = () => undefined,
): AsyncGenerator<Chunk> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) {
      check(chunk, kind);
      onChecked();
    }
    isFirst = false;
    yield chunk;
  }
}

function check(chunk: Chunk, { explainUnknown, innocent }: Judge): void {
  if (chunk.unknown.size > 0) throw new UsageError(explainUnknown([...chunk.unknown]));
  const first = chunk.refused.find(({ code }) => innocent?.has(code) !== true);
  if (first === undefined || chunk.lines.length > 0) return;
  const isAlone = chunk.records === 1;
  const whole = isAlone ? "The only record cannot" : `None of the first ${chunk.records} records can`;
  throw new UsageError(`${whole} be imported. Line ${first.line}: ${first.detail}`);
}
