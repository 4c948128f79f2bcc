import { toRfc3339 } from "../../domain/time.ts";
import { imageUrlOf, type Product, type ProductInput } from "../../domain/product.ts";

/** The fields that a client may write, as JSON carries them. */
export function writableWireOf(product: ProductInput) {
  const { id, title, description, brand, category, price, rating, attributes } = product;
  return {
    id,
    title,
    description,
    brand,
    category: [...category],
    price: price && { amount: price.amount, currency: price.currency },
    rating,
    rating_count: product.ratingCount,
    in_stock: product.inStock,
    image_id: product.imageId,
    image_url: product.imageUrl,
    attributes: { ...attributes },
  };
}

/** The whole product as JSON carries it, with the address of its picture; it can be sent back as it is. */
export function wireOf(product: Product) {
  const { orgId: org, updatedAt, version } = product;
  const image_url = imageUrlOf(product);
  return { org, ...writableWireOf(product), image_url, updated_at: toRfc3339(updatedAt), version };
}
