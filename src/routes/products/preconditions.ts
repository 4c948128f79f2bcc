import { z } from "@hono/zod-openapi";
import { AppError } from "../../domain/errors.ts";
import type { Product } from "../../domain/product.ts";
import type { ProductPrecondition } from "../../services/catalogue/revision.ts";
import { etagOf } from "../middleware/conditional.ts";

const ifMatch = z
  .string()
  .max(2_000)
  .optional()
  .openapi({ description: "Write only what is still in the state of this `ETag`; `*` for any that exists" });

export const matchHeaders = z.object({ "if-match": ifMatch });

export const putHeaders = matchHeaders.extend({
  "if-none-match": z
    .literal("*", "Only * is taken here")
    .optional()
    .openapi({ description: "Write only what does not exist yet", type: "string" }),
});

export function productEtag({ version, updatedAt }: Product): string {
  return etagOf("p", version, updatedAt);
}

/** Weak and foreign entity tags name no state of a product, so they match none (RFC 9110, section 13.1.1). */
export function preconditionOf(headers: z.infer<typeof putHeaders>): ProductPrecondition {
  const { "if-match": matches, "if-none-match": noneMatch } = headers;
  if (matches !== undefined && noneMatch !== undefined) {
    throw new AppError("bad_request", "Send If-Match or If-None-Match, not both");
  }
  if (noneMatch !== undefined) return { kind: "absent" };
  if (matches === undefined) return { kind: "none" };
  if (matches.trim() === "*") return { kind: "exists" };
  const strong = matches.split(",").map((tag) => /^"p\.(\d+\.\d+)"$/.exec(tag.trim())?.[1]);
  return { kind: "revision", anyOf: strong.filter((revision) => revision !== undefined) };
}
