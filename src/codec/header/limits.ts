import { AppError } from "../../domain/errors.ts";
import {
  MAX_BUFFERED_BYTES,
  MAX_COEFFICIENT_BYTES,
  MAX_IMAGE_PIXELS,
  MAX_IMAGE_SIDE,
} from "../../domain/image.ts";
import { type FileHeader, FORMAT_NAMES } from "./steps.ts";

/** Throws `image_too_many_pixels` or `image_too_complex`, before anything is decoded or allocated. */
export function checkLimits(header: FileHeader): void {
  checkSize(header);
  checkHeld(header);
}

function checkSize({ width, height }: FileHeader): void {
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

function checkHeld({ format, isInterlaced, heldBytes }: FileHeader): void {
  if (heldBytes <= (format === "jpeg" ? MAX_COEFFICIENT_BYTES : MAX_BUFFERED_BYTES)) return;
  const kind = isInterlaced ? (format === "jpeg" ? "progressive " : "interlaced ") : "";
  const detail = `A ${kind}${FORMAT_NAMES[format]} of this kind is held as a whole: this one would need ${Math.ceil(heldBytes / 1_000_000)} MB`;
  throw new AppError("image_too_complex", detail);
}
