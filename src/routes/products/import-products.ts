import { createRoute, z } from "@hono/zod-openapi";
import {
  importProducts,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_LINES,
} from "../../services/catalogue/import-products.ts";
import { budget } from "../budget.ts";
import { type App, bodyLimit, ctxOf, jsonBody, needs, orgChoice, problems } from "../openapi.ts";
import { encodingHeader, ndjsonInput, packedBody } from "../ndjson.ts";
import { ImportResultSchema } from "./schemas.ts";

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
  ...budget({ trips: 3, messages: 1, cpu: "bulk" }, "A trip more for each further 200 lines or 512 KB"),
  ...bodyLimit(MAX_IMPORT_BYTES),
  request: {
    query: z.object({ org: orgChoice }),
    headers: encodingHeader,
    body: ndjsonInput({
      description: "NDJSON: one `ProductInput` with its `id` a line, at most 256 KB each",
      example: '{"id":"lamp-7","title":"Brass table lamp"}\n{"id":"lamp-8","title":"Desk lamp"}\n',
    }),
  },
  responses: {
    200: jsonBody(ImportResultSchema, "What became of the lines"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerImportProducts(app: App): void {
  app.openapi(route, async (c) => {
    const body = packedBody(c.req.raw, c.req.valid("header")["content-encoding"]);
    const { org } = c.req.valid("query");
    const { rejectedCount, lastLine, ...result } = await importProducts(ctxOf(c), { ...body, org });
    return c.json({ ...result, rejected_count: rejectedCount, last_line: lastLine }, 200);
  });
}
