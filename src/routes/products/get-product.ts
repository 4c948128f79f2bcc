import { createRoute, z } from "@hono/zod-openapi";
import { getProduct } from "../../services/catalogue/get-product.ts";
import { wireOf } from "../../services/catalogue/wire-form.ts";
import { budget } from "../budget.ts";
import { conditional, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, jsonBody, problems, PUBLIC } from "../openapi.ts";
import { productEtag } from "./preconditions.ts";
import { productId, ProductSchema } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/products/{id}",
  operationId: "getProduct",
  tags: ["Catalogue"],
  summary: "Read a product",
  ...PUBLIC,
  ...budget(),
  request: { params: z.object({ id: productId }) },
  responses: {
    200: jsonBody(ProductSchema, "The product"),
    ...NOT_MODIFIED,
    ...problems(400, 404, 503),
  },
});

export function registerGetProduct(app: App): void {
  app.openapi(route, async (c) => {
    const product = await getProduct(ctxOf(c), c.req.valid("param").id);
    const etag = productEtag(product);
    return conditional(c, { etag, cacheControl: "public, no-cache" }, () => c.json(wireOf(product), 200));
  });
}
