import { createRoute, z } from "@hono/zod-openapi";
import { listProducts } from "../../services/catalogue/list-products.ts";
import { wireOf } from "../../services/catalogue/wire-form.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, problems, PUBLIC } from "../openapi.ts";
import { ProductSchema } from "./schemas.ts";

const org = z
  .string()
  .min(1)
  .max(64)
  .optional()
  .openapi({ description: "Id of an organisation; of all without it" });

export const route = createRoute({
  method: "get",
  path: "/v1/products",
  operationId: "listProducts",
  tags: ["Catalogue"],
  summary: "All products, in the order of their ids",
  description: "For exports and mirrors. What people look for is found by `GET /v1/search`.",
  ...PUBLIC,
  ...budget(),
  request: { query: z.object({ org, limit: limitParam(), cursor: cursorParam }) },
  responses: { 200: jsonBody(listOf("ProductList", ProductSchema), "A page"), ...problems(400, 503) },
});

export function registerListProducts(app: App): void {
  app.openapi(route, async (c) => {
    const { org: orgId, limit, cursor } = c.req.valid("query");
    const page = await listProducts(ctxOf(c), { orgId: orgId ?? null, limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    const body = { items: page.products.map(wireOf), next_cursor: page.nextCursor };
    return c.json(body, 200, { "Cache-Control": "public, no-cache" });
  });
}
