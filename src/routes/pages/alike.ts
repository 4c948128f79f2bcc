import type { Product } from "../../domain/product.ts";
import { type SearchCtx, searchProducts } from "../../services/search/search.ts";
import type { SearchItem } from "../../services/search/page.ts";
import { formatFilter } from "../../web/filters.ts";

const SHOWN = 5;

/** Others of the same category, else of the same brand; none where the search does not answer, for the page stands without. */
export async function productsAlike(ctx: SearchCtx, product: Product): Promise<SearchItem[]> {
  const field = product.category.length > 0 ? "category" : "brand";
  const value = product.category.length > 0 ? product.category.join("/") : product.brand;
  if (value === null) return [];
  const input = {
    q: "",
    filters: [formatFilter({ field, values: [value] })],
    facets: [],
    sort: "relevance" as const,
    limit: SHOWN + 1,
    cursor: null,
    explain: false,
  };
  return searchProducts(ctx, input).then(
    ({ page }) => page.items.filter((item) => item.id !== product.id).slice(0, SHOWN),
    (error: unknown) => {
      ctx.log.warn("search for similar products failed", { product: product.id, error: String(error) });
      return [];
    },
  );
}
