import { AppError } from "../../domain/errors.ts";
import { type Variant, picturePath } from "../../domain/image.ts";
import type { ProductInput } from "../../domain/product.ts";
import { findPictures, type PicturesCtx } from "./pictures.ts";

/** A product's picture as a page shows it. */
export interface ProductPicture {
  src: string;
  /** Of an image uploaded here, in pixels of `src`. */
  size: { width: number; height: number } | null;
  /** The same picture in other widths, in pixels; none where there is but one. */
  widths: readonly { src: string; width: number }[];
}

const SHOWN: readonly Variant[] = ["medium", "large"];

/** The picture to show of a product; `null` where it has none, or its image is not ready or gone. */
export async function pictureOfProduct(
  ctx: PicturesCtx,
  { imageUrl, imageId }: Pick<ProductInput, "imageUrl" | "imageId">,
): Promise<ProductPicture | null> {
  if (imageUrl !== null) return { src: imageUrl, size: null, widths: [] };
  if (imageId === null) return null;
  const src = picturePath(imageId, "large");
  try {
    const { variants } = await findPictures(ctx, imageId);
    const { width, height } = variants.large;
    const widths = SHOWN.map((variant) => ({
      src: picturePath(imageId, variant),
      width: variants[variant].width,
    }));
    return { src, size: { width, height }, widths: variants.medium.width < width ? widths : [] };
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "image_not_ready"))
      return null;
    ctx.log.warn("picture_of_product_unknown", { image: imageId, error: String(error) });
    return { src, size: null, widths: [] };
  }
}
