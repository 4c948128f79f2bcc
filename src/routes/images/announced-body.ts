import { AppError } from "../../domain/errors.ts";
import { streamOf } from "../../services/images/stream-of.ts";

/** How long the body is by its `Content-Length`; `null` for no word of it. */
export function announcedBytesOf(headers: Headers): number | null {
  const length = headers.get("content-length");
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/**
 * The bytes of a body as they come; `body_incomplete` in place of their end where the connection broke, or where they are
 * fewer or more than announced.
 */
export function announcedBody({ body, headers }: Request): ReadableStream<Uint8Array> {
  return streamOf(counted((body ?? emptyBody()).getReader(), announcedBytesOf(headers)));
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (body) => body.close() });
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
