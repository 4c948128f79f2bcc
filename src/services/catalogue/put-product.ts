import type { Ctx } from "../../deps.ts";
import { AppError, type FieldError } from "../../domain/errors.ts";
import type { Product } from "../../domain/product.ts";
import { upsertProduct } from "../../db/queries/products.ts";
import type { Precondition } from "../../db/queries/products.ts";
import { isLive, requireOwner, requirePrecondition, writerOf } from "./access.ts";
import { contentHashOf } from "./content-hash.ts";
import { isObject } from "./field-reader.ts";
import { strangeImage } from "./image-of-product.ts";
import { parseProduct } from "./parse-product.ts";

export interface PutProduct {
  id: string;
  /** The product's wire form; its own `id` may be left out. */
  body: unknown;
  precondition: Precondition;
  /** Id or slug, where the actor writes for several. */
  org?: string;
}

/**
 * Creates or replaces a product; one that would not change keeps its version. Throws `invalid_input` with each bad
 * field (an image that is not the organisation's among them), `forbidden` for another organisation's id, `precondition_failed`.
 */
export async function putProduct(
  ctx: Ctx<"db" | "clock">,
  { id, body, precondition, org }: PutProduct,
): Promise<{ product: Product; created: boolean }> {
  const writer = writerOf(ctx, org);
  const input = requireProduct(id, isObject(body) && body.id === undefined ? { ...body, id } : body);
  const write = { ...input, contentHash: contentHashOf(input) };
  const { before, written, hasStrangeImage } = await upsertProduct(ctx.db, writer, write, precondition);
  requireOwner(before, writer);
  requirePrecondition(id, before, precondition);
  if (hasStrangeImage) throw invalidProduct([strangeImage(input)]);
  if (written !== null) return { product: written, created: !isLive(before) };
  if (before === undefined) throw new Error(`The product "${id}" was neither written nor there`);
  return { product: before, created: false };
}

/** The product of a body that is to be the product `id`. Throws `invalid_input` with each bad field. */
export function requireProduct(id: string, body: unknown) {
  const parsed = parseProduct(body);
  const errors = "errors" in parsed ? parsed.errors : [];
  if ("ok" in parsed && parsed.ok.id !== id) {
    errors.push({ path: "id", message: `Expected ${JSON.stringify(id)}, as in the path` });
  } else if ("ok" in parsed) return parsed.ok;
  throw invalidProduct(errors);
}

export function invalidProduct(errors: readonly FieldError[]): AppError {
  const [first] = errors;
  const detail = `The product is not valid${first.path && ` at "${first.path}"`}: ${first.message}`;
  return new AppError("invalid_input", { detail, errors });
}
