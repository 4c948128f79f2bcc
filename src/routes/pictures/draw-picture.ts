import { createRoute, z } from "@hono/zod-openapi";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import { drawPicture } from "../../web/pictures/draw.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { problems, PUBLIC } from "../openapi.ts";
import type { App } from "../openapi.ts";

const SUFFIX = ".svg";
const CACHE_CONTROL = "public, max-age=31536000, immutable";
/** An SVG opened by itself is a document: it may load and run nothing. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox";

const route = createRoute({
  ...PUBLIC,
  ...budget({ trips: 0, cold: { trips: 0 } }),
  method: "get",
  path: "/pictures/{kind}/{file}",
  operationId: "drawPicture",
  tags: ["Pictures"],
  summary: "A drawn picture of a demo product",
  description:
    "Drawn from its address alone. `file` is `<main>-<accent>-<form>-<seed>.svg`: two colours by name, " +
    "a shape from 0 to 9 and a number from 0 to 9999 for small differences.",
  request: {
    params: z.object({
      kind: z.string().openapi({ description: "What is drawn", example: "table-lamp" }),
      file: z.string().openapi({ description: "The variant and `.svg`", example: "sage-brass-1-4711.svg" }),
    }),
  },
  responses: {
    200: { description: "The picture", content: { "image/svg+xml": { schema: z.string() } } },
    ...NOT_MODIFIED,
    ...problems(404),
  },
});

export function registerDrawPicture(app: App): void {
  app.openapi(route, async (c) => {
    const { kind, file } = c.req.valid("param");
    const svg = file.endsWith(SUFFIX) ? drawPicture(kind, file.slice(0, -SUFFIX.length)) : null;
    if (svg === null) throw new AppError("not_found", `There is no picture "${kind}/${file}"`);
    const etag = etagOf((await sha256Hex(svg)).slice(0, 32));
    c.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    return conditional(c, { etag, cacheControl: CACHE_CONTROL }, () =>
      c.body(svg, 200, { "Content-Type": "image/svg+xml; charset=utf-8" }),
    );
  });
}
