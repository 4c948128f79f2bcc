import {
  type ImageFormat,
  MAX_BUFFERED_BYTES,
  MAX_COEFFICIENT_BYTES,
  VARIANT_SIDES,
} from "../domain/image.ts";
import { HeaderParser } from "./header/header-parser.ts";
import { checkLimits } from "./header/limits.ts";
import type { FileHeader } from "./header/steps.ts";

/** What is kept until the header is found; with more in front of it, the most that a format may hold is assumed. */
const MAX_KEPT_BYTES = 1_048_576;
/** Measured: 31 MB for 1200 × 1200. */
const ALPHA_PIXEL_BYTES = 24;

/** A stream that is read once: first for its header, then as a whole in pieces. */
export class ImageSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #kept: Uint8Array[] = [];

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** How many bytes the work will hold that grow with the image. Throws an `AppError` where the header is refused. */
  async variableBytes(format: ImageFormat): Promise<number> {
    const parser = new HeaderParser();
    for (let keptBytes = 0; keptBytes < MAX_KEPT_BYTES;) {
      const { done, value } = await this.#reader.read();
      if (done) return parser.end();
      this.#kept.push(value);
      keptBytes += value.length;
      const header = parser.feed(value);
      if (header === null) continue;
      checkLimits(header);
      // What decoding holds is free before anything is encoded.
      return Math.max(header.heldBytes, header.mayHaveAlpha ? alphaBytes(header) : 0);
    }
    return format === "jpeg" ? MAX_COEFFICIENT_BYTES : MAX_BUFFERED_BYTES;
  }

  /** The whole file, at most so many bytes at a time. */
  async *pieces(maxBytes: number): AsyncGenerator<Uint8Array> {
    for (const chunk of this.#kept.splice(0)) yield* split(chunk, maxBytes);
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      yield* split(value, maxBytes);
    }
  }

  /** No more is wanted. */
  async cancel(): Promise<void> {
    // A stream that has failed says so again.
    await this.#reader.cancel().catch(() => undefined);
  }
}

/** Encoding the alpha of the largest variant as WebP. */
function alphaBytes({ width, height }: FileHeader): number {
  const scale = Math.min(1, VARIANT_SIDES.large / Math.max(width, height));
  return width * height * scale * scale * ALPHA_PIXEL_BYTES;
}

function* split(chunk: Uint8Array, maxBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += maxBytes) yield chunk.subarray(at, at + maxBytes);
}
