import type { Ctx } from "../../deps.ts";
import { listProducts as readPage } from "../../db/queries/products.ts";
import type { Product } from "../../domain/product.ts";
import { afterOf, pageOf } from "../id-pages.ts";

export interface ProductListInput {
  /** Id of an organisation; `null` for all. */
  orgId: string | null;
  /** 1 to 100. */
  limit: number;
  cursor: string | null;
}

export interface ProductList {
  products: Product[];
  nextCursor: string | null;
}

/** Products in the order of their ids, for who wants them all. Public, as each of them is. Throws `bad_cursor`. */
export async function listProducts(ctx: Ctx<"db" | "config">, input: ProductListInput): Promise<ProductList> {
  const { orgId, limit, cursor } = input;
  const scope = `products|${orgId ?? ""}`;
  const after = (await afterOf(ctx, scope, cursor)) ?? "";
  const rows = await readPage(ctx.db, { orgId, after, limit: limit + 1 });
  const { items, nextCursor } = await pageOf(ctx, scope, rows, limit);
  return { products: items, nextCursor };
}
