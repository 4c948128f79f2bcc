import type { App } from "../openapi.ts";
import { registerSearchProducts } from "./search-products.ts";
import { registerSuggestProducts } from "./suggest-products.ts";

export function registerSearchRoutes(app: App): void {
  registerSearchProducts(app);
  registerSuggestProducts(app);
}
