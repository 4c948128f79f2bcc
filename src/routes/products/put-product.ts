import { createRoute, z } from "@hono/zod-openapi";
import { putProduct } from "../../services/catalogue/put-product.ts";
import { wireOf } from "../../services/catalogue/wire-form.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, orgChoice, problems } from "../openapi.ts";
import { documentedBody, readJson } from "./documented-body.ts";
import { preconditionOf, productEtag, putHeaders } from "./preconditions.ts";
import { productId, ProductSchema } from "./schemas.ts";

export const route = createRoute({
  method: "put",
  path: "/v1/products/{id}",
  operationId: "putProduct",
  tags: ["Catalogue"],
  summary: "Create or replace a product",
  description:
    "One that would not change keeps its version. An id belongs to the organisation that used it first.",
  ...needs("catalogue:write"),
  ...budget(),
  request: {
    params: z.object({ id: productId }),
    query: z.object({ org: orgChoice }),
    headers: putHeaders,
    body: documentedBody("ProductInput", ["application/json"]),
  },
  responses: {
    200: jsonBody(ProductSchema, "Replaced, or unchanged"),
    201: jsonBody(ProductSchema, "Created"),
    ...problems(400, 403, 404, 412, 413, 415, 422, 503),
  },
});

export function registerPutProduct(app: App): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const { org } = c.req.valid("query");
    const precondition = preconditionOf(c.req.valid("header"));
    const { product, created } = await putProduct(ctxOf(c), {
      id,
      body: await readJson(c),
      precondition,
      org,
    });
    c.header("ETag", productEtag(product));
    if (!created) return c.json(wireOf(product), 200);
    return c.json(wireOf(product), 201, { Location: `/v1/products/${id}` });
  });
}
