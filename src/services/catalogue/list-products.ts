import type { Ctx } from "../../deps.ts";
import { listProducts as readPage } from "../../db/queries/products.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import type { Product } from "../../domain/product.ts";

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
  const { secret } = ctx.config;
  const scope = `products|${orgId ?? ""}`;
  const after = cursor === null ? "" : await decodeCursor(secret, scope, cursor, readId);
  const rows = await readPage(ctx.db, { orgId, after, limit: limit + 1 });
  const products = rows.slice(0, limit);
  const last = products.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { products, nextCursor: more ? await encodeCursor(secret, scope, { id: last.id }) : null };
}

function readId(payload: unknown): string {
  const { id } = payload as Record<string, unknown>;
  if (typeof id !== "string") throw new TypeError("not an id");
  return id;
}
