import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { AppError } from "../../domain/errors.ts";
import { type Encoding, PICTURE_TYPES, VARIANT_SIDES, type Variant, VARIANTS } from "../../domain/image.ts";
import { findPictures, readPicture, type ShownImage } from "../../services/images/pictures.ts";
import { budget } from "../budget.ts";
import { conditional, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, type AppEnv, ctxOf, problems, PUBLIC } from "../openapi.ts";
import { allowsRange, parseRange } from "./byte-range.ts";
import { chooseEncoding } from "./choose-encoding.ts";

const CACHE_CONTROL = "public, max-age=31536000, immutable";
const VARY = "Accept";

/** Whatever the bytes were, a browser runs nothing of them; any site may show them. */
const HEADERS = [
  ["Accept-Ranges", "bytes"],
  ["Content-Disposition", "inline"],
  ["Content-Security-Policy", "default-src 'none'; sandbox"],
  ["Cross-Origin-Resource-Policy", "cross-origin"],
  ["X-Content-Type-Options", "nosniff"],
] as const;

const binary = { schema: z.string().openapi({ format: "binary" }) };
const content = Object.fromEntries(Object.values(PICTURE_TYPES).map((type) => [type, binary]));
const sides = VARIANTS.map(
  (variant) => `\`${variant}\` fits ${VARIANT_SIDES[variant]} pixels square`,
).reverse();

const route = createRoute({
  ...PUBLIC,
  ...budget({ blobs: 1 }),
  method: "get",
  path: "/i/{id}/{variant}",
  operationId: "getPicture",
  tags: ["Images"],
  summary: "A picture of an uploaded image",
  description:
    `${sides.join(", ")}; smaller images keep their size. Upright, in sRGB, without metadata; WebP for clients that name ` +
    "it in `Accept`, else JPEG, or PNG where the image is transparent. Single byte ranges are answered.",
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ description: "Of the image", example: "img_0192f0c17c3e7a3b8a7c5d0e9f1a2b3c" }),
      variant: z.string().openapi({ description: "`thumb`, `medium` or `large`", example: "medium" }),
    }),
  },
  responses: {
    200: { description: "The picture", content },
    206: { description: "The range asked for", content },
    ...NOT_MODIFIED,
    ...problems(404, 416, 503),
  },
});

function variantOf(name: string): Variant {
  const variant = VARIANTS.find((one) => one === name);
  if (variant !== undefined) return variant;
  throw new AppError(
    "not_found",
    `There is no variant "${name.slice(0, 64)}": ask for thumb, medium or large`,
  );
}

interface Picture {
  id: string;
  image: ShownImage;
  encoding: Encoding;
}

async function answer(c: Context<AppEnv>, picture: Picture, etag: string): Promise<Response> {
  const { format, bytes: size } = picture.encoding;
  c.header("Content-Type", PICTURE_TYPES[format]);
  if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Length": String(size) });
  const header = allowsRange(c.req.header("if-range"), etag) ? c.req.header("range") : undefined;
  const asked = parseRange(header, size);
  if (asked.kind === "outside") {
    c.header("Content-Range", `bytes */${size}`);
    throw new AppError("range_not_satisfiable", `The picture has ${size} bytes, none of them in the range`);
  }
  const range = asked.kind === "part" ? asked.range : undefined;
  const body = await readPicture(ctxOf(c), picture, range);
  c.header("Content-Length", String(range?.length ?? size));
  if (range === undefined) return c.body(body, 200);
  c.header("Content-Range", `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`);
  return c.body(body, 206);
}

export function registerPictures(app: App): void {
  app.openapi(route, async (c) => {
    c.set("readableBy", "*");
    const { id, variant: name } = c.req.valid("param");
    const variant = variantOf(name);
    const image = await findPictures(ctxOf(c), id);
    const encoding = chooseEncoding(c, image.variants[variant]);
    for (const [field, value] of HEADERS) c.header(field, value);
    const etag = `"${encoding.sha256}"`;
    return conditional(c, { etag, cacheControl: CACHE_CONTROL, vary: VARY }, () =>
      answer(c, { id, image, encoding }, etag),
    );
  });
}
