import type { Ctx } from "../../deps.ts";
import { findImage } from "../../db/queries/images.ts";
import type { ImageRow } from "../../db/queries/images.ts";
import { noSuchImage, reachOf } from "./owner.ts";

/** An image with what is known of its bytes. */
export type Image = ImageRow;

/** An image for its owner; `not_found` for all others. One round trip. */
export async function getImage(ctx: Ctx<"db">, id: string): Promise<Image> {
  const found = await findImage(ctx.db, { id, reach: reachOf(ctx.actor) });
  if (found === undefined) throw noSuchImage(id);
  return found;
}
