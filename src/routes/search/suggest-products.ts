import { createRoute, z } from "@hono/zod-openapi";
import { SEARCH_LIMITS } from "../../services/search/search.ts";
import { suggestProducts } from "../../services/search/suggest.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, jsonBody, problems, PUBLIC } from "../openapi.ts";
import { SuggestPageSchema } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/suggest",
  operationId: "suggestProducts",
  tags: ["Search"],
  summary: "Complete what is typed, from the first letter",
  ...PUBLIC,
  ...budget({ cold: { blobs: 16 } }),
  request: {
    query: z.object({
      q: z
        .string()
        .max(SEARCH_LIMITS.query * 8)
        .default("")
        .openapi({ example: "la" }),
    }),
  },
  responses: {
    200: jsonBody(SuggestPageSchema, "Up to ten completions"),
    ...NOT_MODIFIED,
    ...problems(400, 503),
  },
});

export function registerSuggestProducts(app: App): void {
  app.openapi(route, async (c) => {
    const page = await suggestProducts(ctxOf(c), c.req.valid("query").q);
    if (page.degraded === true) return c.json(page, 200, { "Cache-Control": "no-store" });
    const etag = etagOf("suggest", page.index_version);
    return conditional(c, { etag, cacheControl: "public, max-age=1, must-revalidate" }, () =>
      c.json(page, 200),
    );
  });
}
