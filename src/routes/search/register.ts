import type { App } from "../openapi.ts";
import { registerGetSynonyms } from "./get-synonyms.ts";
import { registerPutSynonyms } from "./put-synonyms.ts";
import { registerSearchProducts } from "./search-products.ts";
import { registerSuggestProducts } from "./suggest-products.ts";

export function registerSearchRoutes(app: App): void {
  registerSearchProducts(app);
  registerSuggestProducts(app);
  registerGetSynonyms(app);
  registerPutSynonyms(app);
}
