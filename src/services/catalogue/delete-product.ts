import type { Ctx } from "../../deps.ts";
import { deleteProductRow } from "../../db/queries/products.ts";
import type { Precondition } from "../../db/queries/products.ts";
import { isLive, noSuchProduct, requireOwner, requirePrecondition, writerOf } from "./access.ts";

/** Throws `not_found`, `forbidden` for another organisation's, `precondition_failed`. */
export async function deleteProduct(
  ctx: Ctx<"db" | "clock">,
  { id, precondition, org }: { id: string; precondition: Precondition; org?: string },
): Promise<void> {
  const writer = writerOf(ctx, org);
  const { before } = await deleteProductRow(ctx.db, writer, id, precondition);
  requireOwner(before, writer);
  requirePrecondition(id, before, precondition);
  if (!isLive(before)) throw noSuchProduct(id);
}
