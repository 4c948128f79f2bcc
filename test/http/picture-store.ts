import { sha256Hex } from "../../src/domain/digest.ts";
import { type Encoding, PICTURE_TYPES, type StoredVariants, variantKey } from "../../src/domain/image.ts";
import type { PictureFormat } from "../../src/domain/image.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { addContent, addImage, shaOf } from "../services/images/image-rows.ts";

/** Bytes that differ by `seed`; no decoder looks at them here. */
export function bytesOf(seed: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (seed * 31 + i * 7 + (i >> 8)) & 255);
}

async function store(
  platform: MemoryPlatform,
  format: PictureFormat,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Encoding> {
  const sha256 = await sha256Hex(bytes);
  await platform.blobs.put(variantKey(sha256), bytes, PICTURE_TYPES[format]);
  return { format, bytes: bytes.length, sha256 };
}

export interface StoredImage {
  id: string;
  sha256: string;
  variants: StoredVariants;
}

let number = 0x1000;

/** A ready image with its pictures; `other` stands beside WebP. */
export async function addReadyImage(
  platform: MemoryPlatform,
  id: string,
  { other = "jpeg", largeBytes = 5_000 }: { other?: "jpeg" | "png"; largeBytes?: number } = {},
): Promise<StoredImage> {
  const seed = ++number;
  const sha256 = shaOf(seed);
  const variant = async (side: number, length: number) => ({
    width: side,
    height: side,
    encodings: [
      await store(platform, other, bytesOf(seed, length)),
      await store(platform, "webp", bytesOf(seed + 1, length - 100)),
    ],
  });
  const variants = {
    large: await variant(1200, largeBytes),
    medium: await variant(500, 2_000),
    thumb: await variant(100, 1_000),
  };
  await addContent(platform.client, { sha256, state: "ready", variants });
  await addImage(platform.client, { id, sha256 });
  return { id, sha256, variants };
}
