import type { Ctx } from "../../deps.ts";
import { ALLOWED } from "../../domain/access.ts";
import type { Actor } from "../../domain/actor.ts";
import { AppError } from "../../domain/errors.ts";
import { deleteImageRow } from "../../db/queries/images-delete.ts";
import { auditLine } from "../audit/line.ts";
import { noSuchImage, reachOf, requireWrite } from "./owner.ts";
import type { Reach } from "./owner.ts";

/**
 * Deletes an image, and leaves its content to the sweep if it was the last one with it. Throws `not_found` for another's,
 * `forbidden` for who may only see it, `conflict` while products show it. One round trip.
 */
export async function deleteImage(ctx: Ctx<"db" | "clock">, id: string): Promise<void> {
  const reach = reachOf(ctx.actor);
  const writable = writableOf(ctx.actor, reach);
  const audit = auditLine(ctx, "image.deleted", { target: id });
  const outcome = await deleteImageRow(ctx.db, { id, reach, writable, now: ctx.clock.now() }, audit);
  if (outcome.deleted) return;
  if (outcome.image === undefined) throw noSuchImage(id);
  requireWrite(ctx.actor, outcome.image);
  const named = outcome.shownBy.map((product) => `"${product}"`).join(", ");
  throw new AppError("conflict", {
    detail: `The image "${id}" is shown by products: give them another first (${named})`,
    errors: outcome.shownBy.map((product) => ({ path: product, message: "This product shows the image" })),
  });
}

function writableOf(actor: Actor, reach: Reach): Reach {
  if (actor.kind === "user") {
    const writing = actor.memberships.filter(({ role }) => ALLOWED[role].includes("images:write"));
    return { ...reach, orgIds: writing.map(({ orgId }) => orgId) };
  }
  const mayWrite = actor.kind === "api-key" && actor.scopes.includes("images:write");
  return { ...reach, orgIds: mayWrite ? reach.orgIds : [] };
}
