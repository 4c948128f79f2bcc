import { HeaderParser } from "../../../codec/header/header-parser.ts";
import { AppError } from "../../../domain/errors.ts";
import {
  type ImageHeader,
  MAX_BUFFERED_BYTES,
  MAX_COEFFICIENT_BYTES,
  MAX_IMAGE_PIXELS,
  MAX_IMAGE_SIDE,
} from "../../../domain/image.ts";

/**
 * Finds the header of an upload as its chunks come, by the bytes alone, in constant memory. Throws an `AppError` for what
 * is not taken: `not_an_image`, `image_…_unsupported`, `image_too_many_pixels`, `image_too_complex`, `image_corrupt`.
 */
export class ImageHeaderReader {
  readonly #parser = new HeaderParser();

  /** The header, from the chunk on that ends it; `null` before. */
  feed(chunk: Uint8Array): ImageHeader | null {
    const found = this.#parser.feed(chunk);
    if (found === null) return null;
    const { heldBytes, ...header } = found;
    checkSize(header);
    checkHeld(header, heldBytes);
    return header;
  }

  /** The upload is over and had no whole header: throws `not_an_image` or `image_truncated`. */
  end(): never {
    return this.#parser.end();
  }
}

function checkSize({ width, height }: ImageHeader): void {
  if (width > MAX_IMAGE_SIDE || height > MAX_IMAGE_SIDE) {
    const detail = `The image is ${width} × ${height} pixels; a side may have ${MAX_IMAGE_SIDE}`;
    throw new AppError("image_too_many_pixels", detail);
  }
  if (width * height > MAX_IMAGE_PIXELS) {
    const megapixels = ((width * height) / 1_048_576).toFixed(1);
    const detail = `The image is ${width} × ${height} pixels (${megapixels} megapixels); at most 100 are taken`;
    throw new AppError("image_too_many_pixels", detail);
  }
}

function checkHeld({ format, isInterlaced }: ImageHeader, heldBytes: number): void {
  if (heldBytes <= (format === "jpeg" ? MAX_COEFFICIENT_BYTES : MAX_BUFFERED_BYTES)) return;
  const kind = isInterlaced ? `A progressive or interlaced ${format}` : `A ${format} of this kind`;
  const detail = `${kind} is held as a whole, and this one would need ${Math.ceil(heldBytes / 1_000_000)} MB`;
  throw new AppError("image_too_complex", detail);
}
