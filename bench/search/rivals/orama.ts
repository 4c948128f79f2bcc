import { count, create, insertMultiple, search } from "@orama/orama";
import type { Product } from "../../../src/domain/product.ts";
import type { Filter } from "../../../src/index/types.ts";
import type { OpenRival, Rival } from "./rival.ts";

const SCHEMA = {
  title: "string",
  description: "string",
  brand: "enum",
  category: "enum",
  price: "number",
} as const;

function whereOf(filters: readonly Filter[]): object {
  const conditions = filters.map((filter) => {
    if ("values" in filter) return [filter.field, { in: filter.values }] as const;
    return ["price", { between: [filter.range.min ?? 0, filter.range.max ?? 1e12] }] as const;
  });
  return Object.fromEntries(conditions);
}

async function open(products: readonly Product[]): Promise<OpenRival> {
  const engine = create({ schema: SCHEMA });
  const documents = products.map(({ id, title, description, brand, category, price }) => ({
    id,
    title,
    description,
    brand: brand ?? "",
    category: category[0] ?? "",
    price: price?.amount ?? -1,
  }));
  await insertMultiple(engine, documents, 1000);
  if (count(engine) !== products.length) throw new Error("Cannot build plain Orama: documents were lost");
  const faceted = { facets: { brand: {}, category: {} } } as never;
  return {
    async search({ text, limit, facets, filters }) {
      const where = whereOf(filters) as never;
      const tolerance = text.includes(" ") || text.length > 3 ? 1 : 0;
      const boost = { title: 5 };
      const params = { term: text, limit, boost, tolerance, where, ...(facets ? faceted : {}) };
      const answer = await search(engine, params);
      return answer.hits.map((hit) => hit.id);
    },
  };
}

export const orama: Rival = {
  name: "plain Orama",
  settings: "tolerance 1, title boost 5, any word",
  lacks: ["phrase", "suggest"],
  build: open,
};
