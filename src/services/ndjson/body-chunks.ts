import { AppError } from "../../domain/errors.ts";

// A DecompressionStream may inflate a whole chunk at once, a thousandfold: small pieces bound what it holds to 4 MB.
const GZIP_PIECE_BYTES = 4_096;

export interface ImportBody {
  stream: ReadableStream<Uint8Array>;
  gzip: boolean;
  /** Of the body as it comes, and of what it unpacks to. */
  maxBytes: number;
}

/**
 * The bytes of a body, unpacked. Throws `body_too_large` over the limit, `bad_request` where the body breaks off or is
 * no gzip; what was yielded before holds.
 */
export async function* bodyChunks({ stream, gzip, maxBytes }: ImportBody): AsyncGenerator<Uint8Array> {
  const source = new Source(maxBytes);
  const reader = source.open(stream, gzip).getReader();
  let seen = 0;
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await read(reader, source, gzip);
      finished = done;
      if (value === undefined) return;
      seen += value.byteLength;
      if (seen > maxBytes) throw tooLarge(maxBytes);
      yield value;
    }
  } finally {
    if (!finished) reader.cancel().catch(() => undefined);
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>, source: Source, gzip: boolean) {
  try {
    return await reader.read();
  } catch (cause) {
    const failure = source.failure ?? cause;
    if (failure instanceof AppError) throw failure;
    const broken = gzip && source.failure === null;
    throw new AppError("bad_request", broken ? "The body is not valid gzip" : "The body broke off", cause);
  }
}

/** The body as it comes, watched: a decompressor hides what failed before it. */
class Source {
  readonly #maxBytes: number;
  #seen = 0;
  failure: unknown = null;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  open(stream: ReadableStream<Uint8Array>, gzip: boolean): ReadableStream<Uint8Array> {
    const watched = this.#watch(stream, gzip ? GZIP_PIECE_BYTES : Infinity);
    if (!gzip) return watched;
    // The types of the standard library ask for a BufferSource; a Uint8Array of any buffer is one.
    const unpack = new DecompressionStream("gzip") as unknown as TransformStream<Uint8Array, Uint8Array>;
    return watched.pipeThrough(unpack);
  }

  #watch(stream: ReadableStream<Uint8Array>, pieceBytes: number): ReadableStream<Uint8Array> {
    const reader = stream.getReader();
    let rest: Uint8Array = new Uint8Array();
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        if (rest.length === 0) rest = (await this.#next(reader)) ?? rest;
        if (rest.length === 0) return controller.close();
        controller.enqueue(rest.subarray(0, pieceBytes));
        rest = rest.subarray(Math.min(pieceBytes, rest.length));
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  /** The next bytes that are not none; `undefined` at the end. */
  async #next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
    try {
      for (;;) {
        const { value } = await reader.read();
        this.#seen += value?.byteLength ?? 0;
        if (this.#seen > this.#maxBytes) throw tooLarge(this.#maxBytes);
        if (value === undefined || value.byteLength > 0) return value;
      }
    } catch (error) {
      this.failure = error;
      reader.cancel().catch(() => undefined);
      throw error;
    }
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError("body_too_large", `The body, unpacked, is over the limit of ${maxBytes} bytes`);
}
