import type { Product } from "../../domain/product.ts";
import type { Precondition } from "../../db/queries/products.ts";

export type ProductPrecondition = Precondition;

/** Names one state of one product. The time keeps it apart where an id was forgotten and its versions began anew. */
export function revisionOf({ version, updatedAt }: Pick<Product, "version" | "updatedAt">): string {
  return `${version}.${updatedAt}`;
}
