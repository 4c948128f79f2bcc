import type { FieldError } from "../../domain/errors.ts";
import type { ProductInput } from "../../domain/product.ts";

/** What is said of a product whose `image_id` is not its organisation's. */
export function strangeImage({ imageId }: Pick<ProductInput, "imageId">): FieldError {
  return { path: "image_id", message: `Your organisation has no image "${imageId}"` };
}
