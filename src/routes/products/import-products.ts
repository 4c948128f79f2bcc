import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../domain/errors.ts";
import {
  importProducts,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_LINES,
} from "../../services/catalogue/import-products.ts";
import { type App, bodyLimit, ctxOf, jsonBody, needs, orgChoice, problems } from "../openapi.ts";
import { ImportResultSchema } from "./schemas.ts";

const ndjson = z.string().openapi({
  description: "NDJSON: one `ProductInput` with its `id` a line, at most 256 KB each",
  example: '{"id":"lamp-7","title":"Brass table lamp"}\n{"id":"lamp-8","title":"Desk lamp"}\n',
});

export const route = createRoute({
  method: "post",
  path: "/v1/products/import",
  operationId: "importProducts",
  tags: ["Catalogue"],
  summary: "Create or replace many products",
  description:
    `Read as a stream, at most 64 MB (also unpacked) and ${MAX_IMPORT_LINES} lines, \`Content-Encoding: gzip\` or none. ` +
    "A bad line is rejected by itself; " +
    "sent again, what is stored already counts as unchanged, so a broken import is resumed by repeating it.",
  ...needs("catalogue:write"),
  ...bodyLimit(MAX_IMPORT_BYTES),
  request: {
    query: z.object({ org: orgChoice }),
    headers: z.object({ "content-encoding": z.string().max(100).optional() }),
    body: {
      required: true,
      content: { "application/x-ndjson": { schema: ndjson }, "application/ndjson": { schema: ndjson } },
    },
  },
  responses: {
    200: jsonBody(ImportResultSchema, "What became of the lines"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

function isGzip(encoding: string | undefined): boolean {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "gzip" || name === "x-gzip") return true;
  if (name === "identity" || name === "") return false;
  throw new AppError("unsupported_media_type", "The content encoding is not taken: send gzip or none");
}

export function registerImportProducts(app: App): void {
  app.openapi(route, async (c) => {
    const gzip = isGzip(c.req.valid("header")["content-encoding"]);
    const stream = c.req.raw.body ?? new ReadableStream<Uint8Array>({ start: (body) => body.close() });
    const { org } = c.req.valid("query");
    const { rejectedCount, lastLine, ...result } = await importProducts(ctxOf(c), { stream, gzip, org });
    return c.json({ ...result, rejected_count: rejectedCount, last_line: lastLine }, 200);
  });
}
