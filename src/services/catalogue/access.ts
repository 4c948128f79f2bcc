import type { Ctx } from "../../deps.ts";
import { requireScope } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { Precondition, StoredProduct, Writer } from "../../db/queries/products.ts";
import { revisionOf } from "./revision.ts";

/**
 * The organisation that may write, and the key it writes with (`""` for a person). `org`, id or slug, chooses among the
 * organisations of a person. Throws as `requireScope`.
 */
export function writerOf(ctx: Ctx<"clock">, org?: string): Writer {
  const orgId = requireScope(ctx.actor, "catalogue:write", org);
  const keyId = ctx.actor.kind === "api-key" ? ctx.actor.keyId : "";
  return { orgId, keyId, now: ctx.clock.now() };
}

/** Throws `forbidden` where the id is another organisation's: that it exists anyone may know, products are public. */
export function requireOwner(product: StoredProduct | undefined, { orgId }: Writer): void {
  if (product === undefined || product.orgId === orgId) return;
  throw new AppError("forbidden", `The product "${product.id}" belongs to another organisation`);
}

export function isLive(product: StoredProduct | undefined): product is StoredProduct {
  return product !== undefined && product.deletedAt === null;
}

/** Throws `precondition_failed` where the present product is not in a state that `precondition` takes. */
export function requirePrecondition(
  id: string,
  product: StoredProduct | undefined,
  precondition: Precondition,
): void {
  const live = isLive(product);
  switch (precondition.kind) {
    case "none":
      return;
    case "absent":
      if (!live) return;
      throw new AppError("precondition_failed", `The product "${id}" exists`);
    case "exists":
      if (live) return;
      throw new AppError("precondition_failed", `There is no product "${id}"`);
    case "revision":
      if (live && precondition.anyOf.includes(revisionOf(product))) return;
      throw new AppError(
        "precondition_failed",
        `The product "${id}" is not in the state that If-Match names`,
      );
    default:
      precondition satisfies never;
  }
}

export function noSuchProduct(id: string): AppError {
  return new AppError("not_found", `There is no product "${id}"`);
}
