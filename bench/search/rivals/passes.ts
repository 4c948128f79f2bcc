import type { Product } from "../../../src/domain/product.ts";
import type { Filter } from "../../../src/index/types.ts";

function valuePasses(product: Product, field: string, values: readonly string[]): boolean {
  if (field === "brand") return product.brand !== null && values.includes(product.brand);
  if (field === "in_stock") return values.includes(String(product.inStock));
  if (field === "category") {
    const path = product.category.join("/");
    return values.some((value) => path === value || path.startsWith(`${value}/`));
  }
  return false;
}

/** Whether a product passes the filters the benchmark uses: brand, category, stock and price. */
export function passes(product: Product, filters: readonly Filter[]): boolean {
  return filters.every((filter) => {
    if ("values" in filter) return valuePasses(product, filter.field, filter.values);
    const amount = product.price?.amount;
    if (filter.field !== "price" || amount === undefined) return false;
    return amount >= (filter.range.min ?? 0) && amount <= (filter.range.max ?? Infinity);
  });
}

/** Counts by value as a hand-written filter callback has to make them: over every hit. */
export function countFacets(products: readonly Product[]): Map<string, Map<string, number>> {
  const facets = new Map([
    ["brand", new Map<string, number>()],
    ["category", new Map<string, number>()],
  ]);
  for (const product of products) {
    count(facets.get("brand"), product.brand);
    count(facets.get("category"), product.category[0] ?? null);
  }
  return facets;
}

function count(counts: Map<string, number> | undefined, value: string | null): void {
  if (counts !== undefined && value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
}
