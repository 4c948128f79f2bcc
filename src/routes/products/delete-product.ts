import { createRoute, z } from "@hono/zod-openapi";
import { deleteProduct } from "../../services/catalogue/delete-product.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, orgChoice, problems } from "../openapi.ts";
import { matchHeaders, preconditionOf } from "./preconditions.ts";
import { productId } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/products/{id}",
  operationId: "deleteProduct",
  tags: ["Catalogue"],
  summary: "Delete a product",
  ...needs("catalogue:write"),
  ...budget(),
  request: {
    params: z.object({ id: productId }),
    query: z.object({ org: orgChoice }),
    headers: matchHeaders,
  },
  responses: { 204: { description: "Deleted" }, ...problems(400, 403, 404, 412, 422, 503) },
});

export function registerDeleteProduct(app: App): void {
  app.openapi(route, async (c) => {
    const precondition = preconditionOf(c.req.valid("header"));
    await deleteProduct(ctxOf(c), { ...c.req.valid("param"), ...c.req.valid("query"), precondition });
    return c.body(null, 204);
  });
}
