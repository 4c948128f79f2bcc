import { VARIANTS } from "../../domain/image.ts";
import type { Variant } from "../../domain/image.ts";
import type { WireImage } from "./wire.ts";

const KILO = 1_000;

/** 2831000 → `2.8 MB`; as systems show the sizes of files, in thousands. */
export function sizeText(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / KILO)} kB`;
  const megabytes = bytes / KILO ** 2;
  return `${megabytes < 9.95 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}

export function dimensionsText({ width, height }: { width: number; height: number }): string {
  return `${width} × ${height}`;
}

/** `4000 × 3000 · JPEG · 2.8 MB`. */
export function factsText(image: Pick<WireImage, "width" | "height" | "format" | "bytes">): string {
  return `${dimensionsText(image)} · ${FORMAT_NAMES[image.format]} · ${sizeText(image.bytes)}`;
}

export const FORMAT_NAMES = { jpeg: "JPEG", png: "PNG", webp: "WebP", gif: "GIF", bmp: "BMP" } as const;

export const VARIANT_NAMES: Readonly<Record<Variant, string>> = {
  thumb: "Thumb",
  medium: "Medium",
  large: "Large",
};

/** From the smallest to the largest, as they are listed. */
export const SHOWN_VARIANTS: readonly Variant[] = VARIANTS.toReversed();

/** What an image is called; those without a name are told apart by their day. */
export function nameOf({ file_name: name, created_at: at }: WireImage): string {
  return name ?? `Picture of ${at.slice(0, 10)}`;
}
