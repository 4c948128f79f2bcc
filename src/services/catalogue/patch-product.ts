import type { Ctx } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import type { Product } from "../../domain/product.ts";
import { findProduct, upsertProduct } from "../../db/queries/products.ts";
import type { Precondition, StoredProduct, Writer } from "../../db/queries/products.ts";
import { isLive, noSuchProduct, requireOwner, requirePrecondition, writerOf } from "./access.ts";
import { contentHashOf } from "./content-hash.ts";
import { isObject, kindOf } from "./field-reader.ts";
import { mergePatch } from "./merge-patch.ts";
import { strangeImage } from "./image-of-product.ts";
import { invalidProduct, requireProduct } from "./put-product.ts";
import { revisionOf } from "./revision.ts";
import { writableWireOf } from "./wire-form.ts";

const ATTEMPTS = 3;

export interface PatchProduct {
  id: string;
  /** A JSON merge patch (RFC 7396) of the product's wire form: null takes a field away. */
  patch: unknown;
  precondition: Precondition;
  /** Id or slug, where the actor writes for several. */
  org?: string;
}

/**
 * Changes some fields of a product: two round trips, since a patch is read against the present product. A write that
 * comes between is read again, up to three times. Throws as `putProduct`, and `not_found`.
 */
export async function patchProduct(
  ctx: Ctx<"db" | "clock">,
  { id, patch, precondition, org }: PatchProduct,
): Promise<Product> {
  const writer = writerOf(ctx, org);
  if (!isObject(patch)) {
    throw new AppError("invalid_input", `A merge patch of a product is a JSON object, not ${kindOf(patch)}`);
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const present = await findProduct(ctx.db, id);
    requireOwner(present, writer);
    requirePrecondition(id, present, precondition);
    if (!isLive(present)) throw noSuchProduct(id);
    const patched = await writePatched(ctx, writer, present, patch);
    if (patched !== null) return patched;
  }
  throw new AppError("conflict", {
    detail: `The product "${id}" is being changed by others: try again`,
    retryAfterSeconds: 1,
  });
}

/** `null` where the product is no longer the one that the patch was applied to. */
async function writePatched(
  ctx: Ctx<"db">,
  writer: Writer,
  present: StoredProduct,
  patch: Readonly<Record<string, unknown>>,
): Promise<Product | null> {
  const input = requireProduct(present.id, mergePatch(writableWireOf(present), patch));
  const write = { ...input, contentHash: contentHashOf(input) };
  const unchanged: Precondition = { kind: "revision", anyOf: [revisionOf(present)] };
  const { before, written, hasStrangeImage } = await upsertProduct(ctx.db, writer, write, unchanged);
  if (written !== null) return written;
  if (hasStrangeImage) throw invalidProduct([strangeImage(input)]);
  return isLive(before) && revisionOf(before) === revisionOf(present) ? before : null;
}
