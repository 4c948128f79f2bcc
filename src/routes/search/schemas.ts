import { z } from "@hono/zod-openapi";
import { MoneySchema } from "../openapi.ts";

const RangeSchema = z
  .tuple([z.int(), z.int()])
  .openapi({ type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 });

const ExplanationSchema = z
  .object({
    words: z.array(
      z.object({
        word: z.string(),
        matched: z.array(
          z.object({
            term: z.string(),
            kind: z.enum(["exact", "prefix", "typo", "compound", "synonym"]),
            distance: z.int(),
          }),
        ),
        idf: z.number(),
        impact: z.number(),
        score: z.number(),
      }),
    ),
    matchedWords: z.int(),
    proximity: z.number(),
    exactness: z.number(),
    popularity: z.number(),
  })
  .openapi("SearchExplanation");

export const SearchItemSchema = z
  .object({
    id: z.string(),
    org: z.string(),
    title: z.string(),
    brand: z.string().nullable(),
    category: z.array(z.string()),
    price: MoneySchema.nullable(),
    rating: z.number().nullable(),
    rating_count: z.int(),
    in_stock: z.boolean(),
    image_url: z.string().nullable(),
    highlights: z.object({
      title: z
        .array(RangeSchema)
        .openapi({ description: "Half-open ranges of what matched, in UTF-16 code units" }),
    }),
    score: z.number(),
    explain: ExplanationSchema.optional(),
  })
  .openapi("SearchItem");

const FacetSchema = z
  .union([
    z.array(z.object({ value: z.string(), count: z.int() })),
    z.object({ min: z.number().nullable(), max: z.number().nullable() }),
  ])
  .openapi("Facet", {
    description: "The most frequent values first, at most 50; or the extremes of a number",
  });

export const SearchPageSchema = z
  .object({
    query: z.string(),
    total: z.int().openapi({ description: "All products that the pages hold, exact" }),
    items: z.array(SearchItemSchema),
    facets: z.record(z.string(), FacetSchema),
    next_cursor: z.string().nullable(),
    took_ms: z.number(),
    index_version: z
      .string()
      .openapi({ description: "Generation and last change of the index", example: "12.4711" }),
    degraded: z
      .literal(true)
      .optional()
      .openapi({ description: "Parts of the index, or the newest changes, may be missing" }),
  })
  .openapi("SearchPage");

export const SuggestPageSchema = z
  .object({
    query: z.string(),
    items: z.array(
      z.object({
        text: z.string(),
        kind: z.enum(["query", "product", "brand", "category"]),
        id: z.string().optional(),
        highlights: z.array(RangeSchema),
      }),
    ),
    index_version: z.string(),
    degraded: z.literal(true).optional(),
  })
  .openapi("SuggestPage");
