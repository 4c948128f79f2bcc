import { HeaderParser } from "../../../codec/header/header-parser.ts";
import { checkLimits } from "../../../codec/header/limits.ts";
import type { ImageHeader } from "../../../domain/image.ts";

/**
 * Finds the header of an upload as its chunks come, by the bytes alone, in constant memory. Throws an `AppError` for what
 * is not taken: `not_an_image`, `image_…_unsupported`, `image_too_many_pixels`, `image_too_complex`, `image_corrupt`.
 */
export class ImageHeaderReader {
  readonly #parser = new HeaderParser();

  /** The header, from the chunk on that ends it; `null` before. */
  feed(chunk: Uint8Array): ImageHeader | null {
    const header = this.#parser.feed(chunk);
    if (header === null) return null;
    checkLimits(header);
    const { format, width, height, isInterlaced } = header;
    return { format, width, height, isInterlaced };
  }

  /** The upload is over and had no whole header: throws `not_an_image` or `image_truncated`. */
  end(): never {
    return this.#parser.end();
  }
}
