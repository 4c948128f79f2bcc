import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { isKeptBlob } from "../../domain/kept-blob.ts";
import type { BlobStream } from "../../ports/blobs.ts";

/** A blob as it lies in the store, for a backup. Throws `not_found`. */
export async function readBlob(ctx: Ctx<"blobs">, key: string): Promise<BlobStream> {
  requireOperator(ctx.actor);
  const blob = isKeptBlob(key) ? await ctx.blobs.getStream(key) : null;
  if (blob === null) throw new AppError("not_found", `There is no blob "${key.slice(0, 100)}"`);
  return blob;
}
