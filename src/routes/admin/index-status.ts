import { createRoute, z } from "@hono/zod-openapi";
import { indexStatus } from "../../services/search/status.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";

const IndexStatusSchema = z
  .object({
    generation: z.int(),
    seq: z.int().openapi({ description: "The last change that the segments hold" }),
    latest_seq: z.int().openapi({ description: "The last change of the catalogue" }),
    products: z.int(),
    bytes: z.int(),
    segments: z.array(z.object({ key: z.string(), products: z.int(), dead: z.int(), bytes: z.int() })),
    tail: z.int().openapi({ description: "Products changed since, counted up to 100,000" }),
    rebuilding: z.string().nullable(),
    isolate: z
      .object({
        version: z.string().nullable(),
        products: z.int(),
        tail: z.int(),
        behind: z.boolean(),
        checked_ms_ago: z.number().nullable(),
      })
      .openapi({ description: "What the isolate that answers holds" }),
  })
  .openapi("IndexStatus");

export const route = createRoute({
  method: "get",
  path: "/v1/admin/index",
  operationId: "indexStatus",
  tags: ["Operations"],
  summary: "How the search index stands",
  ...OPERATOR_ONLY,
  ...budget(),
  responses: { 200: jsonBody(IndexStatusSchema, "The index"), ...problems(403, 503) },
});

export function registerIndexStatus(app: App): void {
  app.openapi(route, async (c) => {
    const status = await indexStatus(ctxOf(c));
    return c.json(status, 200, { "Cache-Control": "no-store" });
  });
}
