import type { CachePolicy, TierPorts } from "../../cache/tiered.ts";
import { readOrLastKnown } from "../../cache/tiered.ts";
import type { Ctx, Deps } from "../../deps.ts";
import { isAway } from "../../domain/errors.ts";
import type { Product } from "../../domain/product.ts";
import { findProduct } from "../../db/queries/products.ts";
import { findDocument } from "../../index/document.ts";
import { noteStale } from "../../ports/receipt.ts";
import { isLive, noSuchProduct } from "./access.ts";

export type ProductCtx = Ctx<"db"> & TierPorts;

const LAST: CachePolicy = {
  name: "product",
  freshSeconds: 0,
  staleSeconds: 0,
  shared: ["edge"],
  lastResortSeconds: 3_600,
};

/**
 * Products are public. While the database is away: as it was read last, at most an hour ago. Throws `not_found`, for a
 * deleted one too.
 */
export async function getProduct(ctx: ProductCtx, id: string): Promise<Product> {
  return readOrLastKnown(ctx, `product:${id}`, LAST, async () => {
    const found = await findProduct(ctx.db, id);
    if (!isLive(found)) throw noSuchProduct(id);
    const { deletedAt: _, ...product } = found;
    return product;
  });
}

/**
 * A product for people to look at. While the database is away and nothing is kept: as far as the search index knows it,
 * without description and attributes.
 */
export async function getShownProduct(ctx: ProductCtx & Pick<Deps, "isolate">, id: string): Promise<Product> {
  try {
    return await getProduct(ctx, id);
  } catch (error) {
    const { snapshot, checkedAt } = ctx.isolate.index;
    const known = isAway(error) && snapshot !== null ? findDocument(snapshot, id) : null;
    if (known === null) throw error;
    noteStale(ctx.receipt, Number.isFinite(checkedAt) ? checkedAt : known.updatedAt);
    return { ...known, description: "", attributes: {}, imageId: null, version: 0 };
  }
}
