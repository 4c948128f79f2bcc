import { AppError } from "../../domain/errors.ts";
import { streamOf } from "../../services/images/stream-of.ts";

/**
 * The bytes of a body as they come; `body_incomplete` in place of their end where the connection broke, or where they are
 * fewer or more than `Content-Length` announced (`null` for no word of it).
 */
export function announcedBody(
  body: ReadableStream<Uint8Array>,
  announcedBytes: number | null,
): ReadableStream<Uint8Array> {
  return streamOf(counted(body.getReader(), announcedBytes));
}

async function* counted(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  announced: number | null,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => brokenOff(bytes, cause));
      if (done) break;
      bytes += value.length;
      if (announced !== null && bytes > announced) throw otherLength(`More than ${announced} bytes came`);
      yield value;
    }
    if (announced !== null && bytes < announced) throw otherLength(`${bytes} bytes came of ${announced}`);
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function brokenOff(bytes: number, cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  throw new AppError("body_incomplete", `The body broke off after ${bytes} bytes`, cause);
}

function otherLength(what: string): AppError {
  return new AppError("body_incomplete", `${what}, by its Content-Length`);
}
