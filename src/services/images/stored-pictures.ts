import type { Deps } from "../../deps.ts";
import { sha256Hex } from "../../domain/digest.ts";
import {
  type Encoding,
  PICTURE_TYPES,
  type StoredVariant,
  type StoredVariants,
  variantKey,
  VARIANTS,
} from "../../domain/image.ts";
import { unnamedPictures } from "../../db/queries/image-work.ts";
import type { Blobs } from "../../ports/blobs.ts";
import type { EncodedPicture, ResizedImage, ResizedVariant } from "../../ports/image-codec.ts";

/** The pictures of an image as its row names them, and their bytes by the keys they lie under. */
export interface SignedPictures {
  variants: StoredVariants;
  blobs: ReadonlyMap<string, EncodedPicture>;
}

/** Names each picture by its own bytes. */
export async function signPictures(pictures: ResizedImage["variants"]): Promise<SignedPictures> {
  const blobs = new Map<string, EncodedPicture>();
  const sign = async ({ width, height, pictures: encoded }: ResizedVariant): Promise<StoredVariant> => {
    const encodings: Encoding[] = [];
    for (const picture of encoded) {
      const sha256 = await sha256Hex(picture.bytes);
      blobs.set(variantKey(sha256), picture);
      encodings.push({ format: picture.format, bytes: picture.bytes.length, sha256 });
    }
    return { width, height, encodings };
  };
  const { large, medium, thumb } = pictures;
  const variants = { large: await sign(large), medium: await sign(medium), thumb: await sign(thumb) };
  return { variants, blobs };
}

/** Stores all, six at a time at most; waits for each before it says that one has failed. */
export async function putPictures(blobs: Blobs, pictures: SignedPictures["blobs"]): Promise<void> {
  const puts = [...pictures].map(([key, { format, bytes }]) => blobs.put(key, bytes, PICTURE_TYPES[format]));
  for (const put of await Promise.allSettled(puts)) if (put.status === "rejected") throw put.reason;
}

/** Where the pictures lie that a row names. */
export function pictureKeys(variants: StoredVariants | null): string[] {
  if (variants === null) return [];
  return VARIANTS.flatMap((variant) => variants[variant].encodings.map(({ sha256 }) => variantKey(sha256)));
}

/**
 * Removes of the pictures `stored` what neither `variants` nor any other content names: those of a content that is gone,
 * or that another version of the codec made otherwise.
 */
export async function dropUnnamed(
  ctx: Pick<Deps, "db" | "blobs">,
  stored: readonly string[],
  variants: StoredVariants | null,
): Promise<void> {
  const named = new Set(pictureKeys(variants));
  const unknown = [...new Set(stored)].filter((key) => !named.has(key));
  if (unknown.length === 0) return;
  const keys = await unnamedPictures(ctx.db, unknown);
  if (keys.length > 0) await ctx.blobs.delete(keys);
}
