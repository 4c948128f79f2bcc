import { toRfc3339 } from "../../domain/time.ts";
import type { Product, ProductInput } from "../../domain/product.ts";

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

/** The whole product as JSON carries it; it can be sent back as it is. */
export function wireOf(product: Product) {
  const { orgId: org, updatedAt, version } = product;
  return { org, ...writableWireOf(product), updated_at: toRfc3339(updatedAt), version };
}
