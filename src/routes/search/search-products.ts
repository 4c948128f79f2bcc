import { createRoute, z } from "@hono/zod-openapi";
import type { Context, Next } from "hono";

import { STANDARD } from "../../domain/experiment.ts";
import type { SearchResult } from "../../services/search/kept.ts";
import { recallSearch, rememberAddress } from "../../services/search/recall.ts";
import { SEARCH_LIMITS, searchProducts, SORTS } from "../../services/search/search.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { linkNext } from "../middleware/next-link.ts";
import { countAnswer, QUERY_ID_DOCUMENT } from "../middleware/query-id.ts";
import { VISIT_DOCUMENTS, visitOf } from "../middleware/visit.ts";
import {
  type App,
  type AppEnv,
  ctxOf,
  cursorParam,
  jsonBody,
  problems,
  PUBLIC,
  settableLimitParam,
} from "../openapi.ts";
import { SearchPageSchema } from "./schemas.ts";

const FILTER_HELP =
  "`field:value`; a comma is or, a repeated parameter is and. Fields: `brand`, `category` (a path such as `Home/Lamps`), " +
  "`org`, `in_stock`, `price` and `rating` (ranges such as `1000..5000`), `attributes.<name>`. `\\,` is a comma within a value.";

const query = z.object({
  q: z
    .string()
    .max(SEARCH_LIMITS.query * 8)
    .default("")
    .openapi({
      description: 'Words, `"phrases"` and `-exclusions`, at most 512 characters; empty browses',
      example: "table lamp",
    }),
  filter: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .openapi({
      type: "array",
      items: { type: "string" },
      description: FILTER_HELP,
      example: ["in_stock:true"],
    }),
  facets: z
    .string()
    .max(2_000)
    .optional()
    .openapi({ description: "Fields to count, joined by commas", example: "brand,price" }),
  sort: z.enum(SORTS).default("relevance"),
  limit: settableLimitParam(STANDARD.search_page_size),
  cursor: cursorParam,
  explain: z
    .enum(["true", "false"])
    .default("false")
    .openapi({ description: "Adds to each hit how its score came about" }),
});

export const route = createRoute({
  method: "get",
  path: "/v1/search",
  operationId: "searchProducts",
  tags: ["Search"],
  summary: "Search the products of all organisations",
  ...PUBLIC,
  ...budget({ cold: { blobs: 16 } }),
  ...VISIT_DOCUMENTS,
  middleware: [answerFromMemory],
  request: { query },
  responses: {
    200: { ...jsonBody(SearchPageSchema, "A page of products"), headers: QUERY_ID_DOCUMENT },
    ...NOT_MODIFIED,
    ...problems(400, 503),
  },
});

/** Before the query is read: what was asked for at this very address. */
async function answerFromMemory(c: Context<AppEnv>, next: Next): Promise<Response | void> {
  const started = performance.now();
  const recalled = await recallSearch(ctxOf(c), c.req.url, () => visitOf(c));
  return recalled === null ? next() : answer(c, recalled, started);
}

function answer(c: Context<AppEnv>, result: SearchResult, started: number) {
  const { json, nextCursor, indexVersion, degraded, resolved } = result;
  linkNext(c, nextCursor);
  c.header("Content-Type", "application/json");
  if (degraded) return c.body(json, 200, { "Cache-Control": "no-store" });
  const isTried = countAnswer(c, resolved, performance.now() - started) !== null;
  const etag = etagOf("search", indexVersion, ...(resolved.key === "" ? [] : [resolved.key]));
  // What an experiment decides on is one visitor's answer, and each time another is counted.
  const cacheControl = `${isTried ? "private" : "public"}, max-age=1, must-revalidate`;
  const vary = isTried ? { vary: "Visitor-Id" } : {};
  return conditional(c, { etag, cacheControl, ...vary }, () => c.body(json, 200));
}

export function registerSearchProducts(app: App): void {
  app.openapi(route, async (c) => {
    const { q, filter, facets, sort, limit, cursor, explain } = c.req.valid("query");
    const ctx = ctxOf(c);
    const started = performance.now();
    const input = {
      q,
      filters: filter === undefined ? [] : [filter].flat(),
      facets: facets?.split(",").filter((name) => name !== "") ?? [],
      sort,
      limit: limit ?? null,
      cursor: cursor ?? null,
      explain: explain === "true",
    };
    const result = await searchProducts(ctx, input, () => visitOf(c));
    rememberAddress(ctx, c.req.url, input, result);
    return answer(c, result, started);
  });
}
