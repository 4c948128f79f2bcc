import { createRoute, z } from "@hono/zod-openapi";
import { MAX_IMAGE_BYTES } from "../../domain/image.ts";
import { uploadImage } from "../../services/images/upload.ts";
import { budget } from "../budget.ts";
import {
  type App,
  BODY_IN_STEP,
  bodyLimit,
  ctxOf,
  EMPTY_BODY_REACHES_ROUTE,
  jsonBody,
  needs,
  orgChoice,
  problems,
  rateClass,
} from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { MAX_OVERHEAD_BYTES } from "./multipart-file.ts";
import { ImageSchema, imageWire } from "./schemas.ts";
import { uploadedFile } from "./uploaded-file.ts";

const bytes = { type: "string", format: "binary" } as const;
const form = { type: "object" as const, properties: { file: bytes }, required: ["file"] };

export const route = createRoute({
  method: "post",
  path: "/v1/images",
  operationId: "uploadImage",
  tags: ["Images"],
  summary: "Upload an image",
  description:
    "The file itself as the body, or a form with one file: JPEG, PNG, WebP, GIF or BMP, at most 40 MB and 100 megapixels. " +
    "What it is, its bytes say, not its type or name. Its pictures are made soon after the answer. The same bytes again are " +
    "the same image, so a broken upload is simply repeated. `Content-Digest: sha-256=:…:` of a raw body is checked. A person " +
    "uploads for themselves, or with `org` for an organisation; a key for its own.",
  ...needs("images:write"),
  ...budget(
    { trips: 2, blobs: 13, messages: 1, cpu: "bulk" },
    "Up to 40 MB are stored and hashed, in nine parts",
  ),
  ...bodyLimit(MAX_IMAGE_BYTES + MAX_OVERHEAD_BYTES),
  ...EMPTY_BODY_REACHES_ROUTE,
  ...BODY_IN_STEP,
  ...rateClass("upload"),
  request: {
    query: z.object({
      org: orgChoice,
      file_name: z.string().max(1_000).optional().openapi({ description: "What the file is called" }),
    }),
    body: {
      required: true,
      content: {
        "image/*": { schema: bytes },
        "application/octet-stream": { schema: bytes },
        "multipart/form-data": { schema: form },
      },
    },
  },
  responses: {
    202: {
      ...jsonBody(ImageSchema, "The image: `queued`, or as it is where these bytes came before"),
      headers: { Location: { description: "Of the image", schema: { type: "string" as const } } },
    },
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerPostImage(app: App): void {
  app.openapi(route, async (c) => {
    const { org, file_name: fileName } = c.req.valid("query");
    const image = await uploadImage(ctxOf(c), { org, ...(await uploadedFile(c.req.raw, fileName)) });
    return c.json(imageWire(image), 202, { ...NO_STORE, Location: `/v1/images/${image.id}` });
  });
}
