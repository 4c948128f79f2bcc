import { type PictureFormat, type Variant, VARIANTS } from "../domain/image.ts";
import type { EncodedPicture, ResizedImage, ResizedVariant } from "../ports/image-codec.ts";
import type { CodecInstance } from "./instance.ts";
import type { Pace } from "./pace.ts";
import { thumbhashOf } from "./thumbhash.ts";

const JPEG_QUALITY = 85;
/** As near to the original as JPEG's 85, by PSNR. */
const WEBP_QUALITY = 80;
/** 2 takes 40 % of the time, for files 2.4 % larger that are 0.26 dB worse. */
const WEBP_METHOD = 4;
/** 6 takes twice the time, for files 2 % smaller. */
const ZLIB_LEVEL = 4;
/** A progressive JPEG is mostly the smaller one, by 3 to 8 %, but for a thumb, where its headers are what counts. */
const MIN_PROGRESSIVE_PIXELS = 20_000;

/** Encodes the variants of the image that `instance` has decoded, at this pace. */
export async function picturesOf(instance: CodecInstance, pace: Pace): Promise<ResizedImage> {
  const hasAlpha = instance.fact("hasAlpha") === 1;
  const formats: readonly PictureFormat[] = [hasAlpha ? "png" : "jpeg", "webp"];
  const made: ResizedVariant[] = [];
  for (const variant of VARIANTS) {
    made.push(await variantOf({ instance, pace, formats }, variant, made.at(-1)));
  }
  const [large, medium, thumb] = made;
  return {
    width: instance.fact("width"),
    height: instance.fact("height"),
    hasAlpha,
    thumbhash: thumbhashOf(instance.pixels("thumb")),
    variants: { large, medium, thumb },
  };
}

interface Encoder {
  instance: CodecInstance;
  pace: Pace;
  formats: readonly PictureFormat[];
}

/** An image that is smaller than two variants looks the same in both. */
async function variantOf(
  { instance, pace, formats }: Encoder,
  variant: Variant,
  larger: ResizedVariant | undefined,
): Promise<ResizedVariant> {
  const { width, height } = instance.size(variant);
  if (larger?.width === width && larger.height === height) return larger;
  const pictures: EncodedPicture[] = [];
  for (const format of formats) {
    await pace.rest();
    pictures.push({ format, bytes: encode(instance, variant, format, width * height) });
  }
  return { width, height, pictures };
}

function encode(
  instance: CodecInstance,
  variant: Variant,
  format: PictureFormat,
  pixels: number,
): Uint8Array<ArrayBuffer> {
  switch (format) {
    case "jpeg":
      return encodeJpeg(instance, variant, pixels);
    case "png":
      return instance.encode(variant, format, 0, ZLIB_LEVEL);
    case "webp":
      return instance.encode(variant, format, WEBP_QUALITY, WEBP_METHOD);
    default:
      return format satisfies never;
  }
}

/** Progressive where that is smaller: the pixels are the same, the order of their coefficients is not. */
function encodeJpeg(instance: CodecInstance, variant: Variant, pixels: number): Uint8Array<ArrayBuffer> {
  const baseline = instance.encode(variant, "jpeg", JPEG_QUALITY, 0);
  if (pixels < MIN_PROGRESSIVE_PIXELS) return baseline;
  const progressive = instance.encode(variant, "jpeg", JPEG_QUALITY, 1);
  return progressive.length < baseline.length ? progressive : baseline;
}
