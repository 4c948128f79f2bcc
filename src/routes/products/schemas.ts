import { z } from "@hono/zod-openapi";
import { PRODUCT_LIMITS } from "../../domain/product.ts";
import { MoneySchema } from "../openapi.ts";

const text = (max: number) => z.string().max(max);
const attribute = z.union([text(PRODUCT_LIMITS.attributeValue), z.number(), z.boolean()]);

export const productId = z
  .string()
  .regex(/^[A-Za-z0-9._~:-]{1,128}$/, "Expected 1 to 128 letters, digits or any of . _ ~ : -")
  .openapi({ example: "lamp-7" });

const writable = {
  id: productId,
  title: text(PRODUCT_LIMITS.title).openapi({ example: "Brass table lamp" }),
  description: text(PRODUCT_LIMITS.description),
  brand: text(PRODUCT_LIMITS.brand).nullable(),
  category: z
    .array(text(PRODUCT_LIMITS.categoryName))
    .max(PRODUCT_LIMITS.categoryLevels)
    .openapi({ description: "From the widest to the narrowest", example: ["Home", "Lamps"] }),
  price: MoneySchema.nullable(),
  rating: z.number().min(0).max(5).nullable(),
  rating_count: z.int().min(0),
  in_stock: z.boolean(),
  image_id: productId.nullable().openapi({ description: "Of an image uploaded here" }),
  image_url: text(PRODUCT_LIMITS.url)
    .nullable()
    .openapi({ description: "An http(s) URL, or a path of this origin" }),
  attributes: z
    .record(text(PRODUCT_LIMITS.attributeKey), attribute)
    .openapi({ description: "At most 64; names without comma or colon", example: { color: "red" } }),
};

export const ProductSchema = z
  .object({ org: z.string(), ...writable, updated_at: z.iso.datetime(), version: z.int().min(1) })
  .openapi("Product");

/** Documents what the catalogue's own parser takes: that one answers with better messages, and reads imports too. */
export const ProductInputSchema = z
  .object(writable)
  .partial()
  .required({ title: true })
  .openapi("ProductInput", {
    description:
      "Fields left out are not known; in_stock is true. The read-only fields of a product are passed over.",
  });

export const ProductPatchSchema = z
  .object(writable)
  .partial()
  .openapi("ProductPatch", { description: "A JSON merge patch (RFC 7396): null takes a field away" });

export const ImportResultSchema = z
  .object({
    accepted: z.int().openapi({ description: "Lines taken, the unchanged ones among them" }),
    unchanged: z.int(),
    rejected_count: z.int(),
    rejected: z
      .array(
        z.object({
          line: z.int().openapi({ description: "From 1" }),
          code: z.enum(["invalid_json", "invalid_utf8", "line_too_long", "invalid_product", "not_owner"]),
          detail: z.string(),
        }),
      )
      .openapi({ description: "The first 100" }),
    last_line: z.int().openapi({ description: "Number of the last line read" }),
  })
  .openapi("ImportResult");
