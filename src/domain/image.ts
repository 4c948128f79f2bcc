import type { ErrorCode } from "./errors.ts";

/** What is read. GIF and animations: their first frame. */
export const IMAGE_FORMATS = ["jpeg", "png", "webp", "gif", "bmp"] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** What is made. PNG stands in for JPEG where a picture is transparent. */
export const PICTURE_FORMATS = ["jpeg", "png", "webp"] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export const PICTURE_TYPES: Readonly<Record<PictureFormat, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** From the largest to the smallest: each is made from the one before. */
export const VARIANTS = ["large", "medium", "thumb"] as const;
export type Variant = (typeof VARIANTS)[number];

/** The square in pixels that a variant fits in; an image that is smaller is never enlarged. */
export const VARIANT_SIDES: Readonly<Record<Variant, number>> = { large: 1200, medium: 500, thumb: 100 };

/** Of one upload, in bytes. */
export const MAX_IMAGE_BYTES = 40 * 1_048_576;
/** 100 megapixels, as cameras that are sold under this number have them. */
export const MAX_IMAGE_PIXELS = 100 * 1_048_576;
/** JPEG's own limit. */
export const MAX_IMAGE_SIDE = 65_500;
/** A progressive JPEG holds all its coefficients, 2 bytes each: 24 megapixels at 4:2:0. */
export const MAX_COEFFICIENT_BYTES = 73_000_000;
/** What cannot be read row by row (interlaced PNG, WebP) is held at 4 bytes a pixel: 16 megapixels. */
export const MAX_BUFFERED_BYTES = 64 * 1_048_576;

/** What an owner may have at a time. */
export interface ImageLimit {
  images: number;
  /** Of the uploads together. */
  bytes: number;
}

/** What the header of a file says, before anything is decoded. */
export interface ImageHeader {
  format: ImageFormat;
  /** Pixels as stored, before EXIF's orientation turns them. */
  width: number;
  height: number;
  /** Progressive JPEG or interlaced PNG or GIF. */
  isInterlaced: boolean;
}

/** One encoded form of a variant. */
export interface Encoding {
  format: PictureFormat;
  bytes: number;
  /** SHA-256 of the bytes in hexadecimal: they lie under `variantKey` of it. */
  sha256: string;
}

/** A variant as it is stored: upright, in sRGB, without metadata. */
export interface StoredVariant {
  width: number;
  height: number;
  /** JPEG or PNG first, which every client shows; then WebP. */
  encodings: readonly Encoding[];
}

export type StoredVariants = Readonly<Record<Variant, StoredVariant>>;

export const IMAGE_STATES = ["queued", "processing", "ready", "failed"] as const;
export type ImageState = (typeof IMAGE_STATES)[number];

/** Why an image is `failed`: the codes of an upload's refusal, and two of ours. */
export type ImageFailure =
  | Extract<ErrorCode, `image_${string}` | "not_an_image">
  /** The work failed in each of its deliveries; an operator can redrive it, or the same bytes be sent again. */
  | "processing_failed"
  /** The uploaded bytes are not there any more: send them again. */
  | "original_missing";

/** Where the uploaded bytes lie, by their SHA-256 in hexadecimal. */
export function originalKey(sha256: string): string {
  return `originals/${sha256}`;
}

/** Where an upload under way lies; the id is time-ordered, so that old ones come first. */
export function uploadKey(id: string): string {
  return `uploads/${id}`;
}

/** Where an encoded picture lies, by the SHA-256 of its own bytes. */
export function variantKey(sha256: string): string {
  return `variants/${sha256}`;
}

/** The public path of a variant. */
export function picturePath(imageId: string, variant: Variant): string {
  return `/i/${imageId}/${variant}`;
}
