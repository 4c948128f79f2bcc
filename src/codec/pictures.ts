import { type PictureFormat, type Variant, VARIANTS } from "../domain/image.ts";
import type { EncodedPicture, ResizedImage, ResizedVariant } from "../ports/image-codec.ts";
import type { CodecInstance } from "./instance.ts";
import { thumbhashOf } from "./thumbhash.ts";

interface Setting {
  quality: number;
  effort: number;
}

const WEBP: Setting = { quality: 80, effort: 4 };
const PNG: Setting = { quality: 0, effort: 6 };
const JPEG: Readonly<Record<Variant, Setting>> = {
  large: { quality: 85, effort: 1 },
  medium: { quality: 85, effort: 1 },
  thumb: { quality: 85, effort: 0 },
};

/** Encodes the variants of the image that `instance` has decoded, giving way to others between them. */
export async function picturesOf(instance: CodecInstance): Promise<ResizedImage> {
  const hasAlpha = instance.fact("hasAlpha") === 1;
  const variants = {} as Record<Variant, ResizedVariant>;
  for (const variant of VARIANTS) {
    const formats: readonly PictureFormat[] = [hasAlpha ? "png" : "jpeg", "webp"];
    const pictures = formats.map((format) => encode(instance, variant, format));
    variants[variant] = { ...instance.size(variant), pictures };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return {
    width: instance.fact("width"),
    height: instance.fact("height"),
    hasAlpha,
    thumbhash: thumbhashOf(instance.pixels("thumb")),
    variants,
  };
}

function encode(instance: CodecInstance, variant: Variant, format: PictureFormat): EncodedPicture {
  const { quality, effort } = { jpeg: JPEG[variant], png: PNG, webp: WEBP }[format];
  return { format, bytes: instance.encode(variant, format, quality, effort) };
}
