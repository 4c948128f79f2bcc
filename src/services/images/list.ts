import type { Ctx } from "../../deps.ts";
import type { ImageState } from "../../domain/image.ts";
import { listImages as listRows } from "../../db/queries/images.ts";
import type { ImageRow } from "../../db/queries/images.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { listOwner } from "./owner.ts";

export interface ImageListRequest extends PageRequest {
  /** Id or slug. */
  org?: string;
  state?: ImageState;
}

/** A person's own images or an organisation's, the newest first. One round trip. Throws `bad_cursor`. */
export async function listImages(
  ctx: Ctx<"db" | "config">,
  { org, state, cursor, limit }: ImageListRequest,
): Promise<Page<ImageRow>> {
  const owner = listOwner(ctx.actor, org);
  const scope = `images:${owner.orgId ?? owner.userId}:${state ?? ""}`;
  const before = await afterOf(ctx, scope, cursor);
  const rows = await listRows(ctx.db, { owner, state: state ?? null, before, limit: limit + 1 });
  return pageOf(ctx, scope, rows, limit);
}
