import type { ImageFormat, PictureFormat, Variant } from "../domain/image.ts";

/** One encoded form of a variant. */
export interface EncodedPicture {
  format: PictureFormat;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface ResizedVariant {
  width: number;
  height: number;
  /** JPEG, or PNG where the image is transparent; then WebP. */
  pictures: readonly EncodedPicture[];
}

export interface ResizedImage {
  /** Of the whole image, upright. */
  width: number;
  height: number;
  hasAlpha: boolean;
  /** ThumbHash of the thumb, in base64: about 25 bytes that a client turns into a placeholder. */
  thumbhash: string;
  variants: Readonly<Record<Variant, ResizedVariant>>;
}

/**
 * Makes the variants of one image, reading `source` once, in chunks. Throws an `AppError` with an `image_…` code where
 * the image cannot be read, `unavailable` where the isolate has no memory for it now; errors of `source` as they are.
 */
export interface ImageCodec {
  resize(source: ReadableStream<Uint8Array>, format: ImageFormat): Promise<ResizedImage>;
}
