import { AppError } from "../../domain/errors.ts";
import { MAX_IMAGE_BYTES } from "../../domain/image.ts";
import type { ImageHeader } from "../../domain/image.ts";
import { ImageHeaderReader } from "./header/image-header-reader.ts";
import { streamOf } from "./stream-of.ts";

/**
 * The bytes of an upload, looked at as they pass: its stream fails with an `AppError` at the first byte that shows that
 * this is no image that is taken, or too large a one. Nothing is held back.
 */
export class InspectedUpload {
  readonly stream: ReadableStream<Uint8Array>;
  #header: ImageHeader | null = null;

  constructor(body: ReadableStream<Uint8Array>) {
    this.stream = streamOf(this.#inspect(body));
  }

  /** Known once the stream has ended well. */
  get header(): ImageHeader {
    if (this.#header === null) throw new Error("The header is not read before the stream has ended");
    return this.#header;
  }

  async *#inspect(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const probe = new ImageHeaderReader();
    const reader = body.getReader();
    let bytes = 0;
    try {
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
        if (value === undefined || value.length === 0) continue;
        bytes += value.length;
        if (bytes > MAX_IMAGE_BYTES) throw tooLarge();
        this.#header ??= probe.feed(value);
        yield value;
      }
      if (this.#header === null) probe.end();
    } finally {
      reader.cancel().catch(() => undefined);
    }
  }
}

export function tooLarge(): AppError {
  return new AppError("body_too_large", `The image has more than ${MAX_IMAGE_BYTES} bytes`);
}
