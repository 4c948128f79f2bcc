import type { Product } from "../../domain/product.ts";
import { products } from "../schema/products.ts";

/** The columns that make a `Product`; hashes and bookkeeping stay in the table. */
export const productColumns = {
  id: products.id,
  orgId: products.orgId,
  title: products.title,
  description: products.description,
  brand: products.brand,
  category: products.category,
  priceAmount: products.priceAmount,
  priceCurrency: products.priceCurrency,
  rating: products.rating,
  ratingCount: products.ratingCount,
  inStock: products.inStock,
  imageId: products.imageId,
  imageUrl: products.imageUrl,
  attributes: products.attributes,
  updatedAt: products.updatedAt,
  version: products.version,
};

export type ProductRow = Pick<typeof products.$inferSelect, keyof typeof productColumns>;

export function toProduct({ priceAmount, priceCurrency, ...row }: ProductRow): Product {
  const price =
    priceAmount === null || priceCurrency === null ? null : { amount: priceAmount, currency: priceCurrency };
  return { ...row, price };
}
