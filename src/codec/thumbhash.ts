import { rgbaToThumbHash } from "thumbhash";
import type { Pixels } from "./instance.ts";

/** The ThumbHash of a picture of at most 100 × 100 pixels, in base64. */
export function thumbhashOf({ width, height, rgba }: Pixels): string {
  const hash = rgbaToThumbHash(width, height, withoutPremultiplication(rgba));
  return btoa(String.fromCharCode(...hash));
}

function withoutPremultiplication(premultiplied: Uint8Array): Uint8Array {
  const rgba = premultiplied.slice();
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3];
    if (alpha === 255 || alpha === 0) continue;
    for (let c = i; c < i + 3; c++) rgba[c] = Math.min(255, Math.round((rgba[c] * 255) / alpha));
  }
  return rgba;
}
