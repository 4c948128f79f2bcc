import type { App } from "../openapi.ts";
import { registerDeleteProduct } from "./delete-product.ts";
import { registerBodies } from "./documented-body.ts";
import { registerGetProduct } from "./get-product.ts";
import { registerImportProducts } from "./import-products.ts";
import { registerListProducts } from "./list-products.ts";
import { registerPatchProduct } from "./patch-product.ts";
import { registerPutProduct } from "./put-product.ts";

export function registerProductRoutes(app: App): void {
  registerBodies(app);
  registerImportProducts(app);
  registerListProducts(app);
  registerGetProduct(app);
  registerPutProduct(app);
  registerPatchProduct(app);
  registerDeleteProduct(app);
}
