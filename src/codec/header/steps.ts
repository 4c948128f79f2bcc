import { AppError } from "../../domain/errors.ts";
import type { ImageFormat, ImageHeader } from "../../domain/image.ts";

/** What the header of a file says, and what decoding it holds beyond a fixed measure. */
export interface FileHeader extends ImageHeader {
  /** Coefficients of a progressive JPEG, pixels that cannot be read row by row, compressed data held whole. */
  heldBytes: number;
  /** It may have transparent pixels. */
  mayHaveAlpha: boolean;
}

/**
 * What a parser of a header asks for next. `peek` and `take`: so many bytes, which stay or are consumed; near the end of
 * the file `peek` may get fewer. `skip` passes over bytes without holding them, `seek` over all up to and with a `byte`.
 */
export type Step =
  | { kind: "peek"; bytes: number }
  | { kind: "take"; bytes: number }
  | { kind: "skip"; bytes: number }
  | { kind: "seek"; byte: number };

/** Reads a header as if all its bytes were there; whoever drives it brings them as they come. */
export type Steps<T> = Generator<Step, T, DataView>;

export function* peek(bytes: number): Steps<DataView> {
  return yield { kind: "peek", bytes };
}

export function* take(bytes: number): Steps<DataView> {
  return yield { kind: "take", bytes };
}

export function* takeByte(): Steps<number> {
  return (yield { kind: "take", bytes: 1 }).getUint8(0);
}

export function* skip(bytes: number): Steps<void> {
  yield { kind: "skip", bytes };
}

export function* seek(byte: number): Steps<void> {
  yield { kind: "seek", byte };
}

/** `bytes` as Latin-1, for signatures. */
export function textOf(view: DataView, start = 0, end = view.byteLength): string {
  let text = "";
  for (let i = start; i < Math.min(end, view.byteLength); i++) text += String.fromCharCode(view.getUint8(i));
  return text;
}

export const FORMAT_NAMES: Readonly<Record<ImageFormat, string>> = {
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  gif: "GIF",
  bmp: "BMP",
};

export function corrupt(format: ImageFormat, what: string): AppError {
  return new AppError("image_corrupt", `The ${FORMAT_NAMES[format]} is damaged: ${what}`);
}

export function unsupported(format: ImageFormat, what: string): AppError {
  return new AppError("image_kind_unsupported", `This kind of ${FORMAT_NAMES[format]} is not taken: ${what}`);
}
