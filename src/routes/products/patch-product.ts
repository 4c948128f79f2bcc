import { createRoute, z } from "@hono/zod-openapi";
import { patchProduct } from "../../services/catalogue/patch-product.ts";
import { wireOf } from "../../services/catalogue/wire-form.ts";
import { budget } from "../budget.ts";
import { type App, bodyLimit, ctxOf, jsonBody, needs, orgChoice, problems } from "../openapi.ts";
import { documentedBody, readJson } from "./documented-body.ts";
import { matchHeaders, preconditionOf, productEtag } from "./preconditions.ts";
import { productId, ProductSchema } from "./schemas.ts";

const MAX_BYTES = 1_048_576;

export const route = createRoute({
  method: "patch",
  path: "/v1/products/{id}",
  operationId: "patchProduct",
  tags: ["Catalogue"],
  summary: "Change some fields of a product",
  ...needs("catalogue:write"),
  ...budget({ trips: 2 }),
  ...bodyLimit(MAX_BYTES),
  request: {
    params: z.object({ id: productId }),
    query: z.object({ org: orgChoice }),
    headers: matchHeaders,
    body: documentedBody("ProductPatch", ["application/merge-patch+json", "application/json"]),
  },
  responses: {
    200: jsonBody(ProductSchema, "The product as it is now"),
    ...problems(400, 403, 404, 409, 412, 413, 415, 422, 503),
  },
});

export function registerPatchProduct(app: App): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const { org } = c.req.valid("query");
    const precondition = preconditionOf(c.req.valid("header"));
    const product = await patchProduct(ctxOf(c), { id, patch: await readJson(c), precondition, org });
    return c.json(wireOf(product), 200, { ETag: productEtag(product) });
  });
}
