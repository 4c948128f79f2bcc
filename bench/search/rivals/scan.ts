import type { Product } from "../../../src/domain/product.ts";
import { countFacets, passes } from "./passes.ts";
import type { Rival, RivalQuery } from "./rival.ts";

function find(products: readonly Product[], { text, limit, facets, filters }: RivalQuery): string[] {
  const wanted = text.replaceAll('"', "").toLowerCase();
  const hits = products.filter(
    (product) =>
      passes(product, filters) &&
      (product.title.toLowerCase().includes(wanted) || product.description.toLowerCase().includes(wanted)),
  );
  if (facets) countFacets(hits);
  return hits.slice(0, limit).map((product) => product.id);
}

export const scan: Rival = {
  name: "linear scan",
  settings: "lower-case substring of title or description, in catalogue order",
  lacks: ["suggest"],
  build: (products) => ({ search: (query) => find(products, query) }),
};
