import { z } from "@hono/zod-openapi";
import { IMAGE_FORMATS, IMAGE_STATES, PICTURE_FORMATS, picturePath, VARIANTS } from "../../domain/image.ts";
import type { StoredVariant, Variant } from "../../domain/image.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { Image } from "../../services/images/get.ts";

export const imageId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "Expected the id of an image")
  .openapi({ example: "img_019b7ca98c8870b4808e96fd1b3df43e" });

const pixels = z.int().min(1).openapi({ description: "Pixels" });
const pictureFormat = z.enum(PICTURE_FORMATS);
const path = (variant: Variant) => z.string().openapi({ example: picturePath("img_019b7ca98c88", variant) });

const VariantSchema = z
  .object({
    width: pixels,
    height: pixels,
    bytes: z.int(),
    format: pictureFormat.openapi({ description: "What every client shows" }),
    url: z.string(),
    alternatives: z
      .array(z.object({ format: pictureFormat, bytes: z.int() }))
      .openapi({ description: "At the same address, for who accepts them" }),
  })
  .openapi("ImageVariant");

export const ImageSchema = z
  .object({
    id: imageId,
    status: z.enum(IMAGE_STATES),
    error: z
      .object({ code: z.string(), detail: z.string() })
      .optional()
      .openapi({ description: "Why it failed" }),
    file_name: z.string().nullable(),
    width: pixels.openapi({ description: "As the file's header says until it is ready, then upright" }),
    height: pixels,
    format: z.enum(IMAGE_FORMATS),
    bytes: z.int().openapi({ description: "Of the upload" }),
    sha256: z.string().openapi({ description: "Of the upload, in hexadecimal" }),
    thumbhash: z.string().nullable().openapi({ description: "A placeholder in about 25 bytes, in base64" }),
    variants: z
      .object({ thumb: VariantSchema, medium: VariantSchema, large: VariantSchema })
      .nullable()
      .openapi({ description: "Once it is ready" }),
    url: z
      .object({ thumb: path("thumb"), medium: path("medium"), large: path("large") })
      .openapi({ description: "Where the pictures are once it is ready: public, for whoever knows the id" }),
    created_at: z.iso.datetime(),
  })
  .openapi("Image");

export function imageWire(image: Image): z.input<typeof ImageSchema> {
  const { id, state, errorCode, errorDetail } = image;
  const variants = state === "ready" ? image.variants : null;
  return {
    id,
    status: state,
    ...(state === "failed" ? { error: { code: errorCode ?? "internal", detail: errorDetail ?? "" } } : {}),
    file_name: image.fileName,
    width: image.width,
    height: image.height,
    format: image.format,
    bytes: image.bytes,
    sha256: image.sha256,
    thumbhash: state === "ready" ? image.thumbhash : null,
    variants: variants && ofVariants((variant) => variantWire(id, variant, variants[variant])),
    url: ofVariants((variant) => picturePath(id, variant)),
    created_at: toRfc3339(image.createdAt),
  };
}

function ofVariants<T>(of: (variant: Variant) => T): Record<Variant, T> {
  return Object.fromEntries(VARIANTS.map((variant) => [variant, of(variant)])) as Record<Variant, T>;
}

function variantWire(id: string, variant: Variant, { width, height, encodings }: StoredVariant) {
  const [{ format, bytes }, ...others] = encodings;
  const alternatives = others.map((other) => ({ format: other.format, bytes: other.bytes }));
  return { width, height, bytes, format, url: picturePath(id, variant), alternatives };
}
