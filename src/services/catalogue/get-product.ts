import type { Ctx } from "../../deps.ts";
import type { Product } from "../../domain/product.ts";
import { findProduct } from "../../db/queries/products.ts";
import { isLive, noSuchProduct } from "./access.ts";

/** Products are public. Throws `not_found`, for a deleted one too. */
export async function getProduct(ctx: Ctx<"db">, id: string): Promise<Product> {
  const found = await findProduct(ctx.db, id);
  if (!isLive(found)) throw noSuchProduct(id);
  const { deletedAt: _, ...product } = found;
  return product;
}
