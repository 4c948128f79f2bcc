import type { Product } from "../../../src/domain/product.ts";
import { loadRival } from "./load.ts";
import type { OpenRival, Rival } from "./rival.ts";

interface FlexSearch {
  Charset: Readonly<Record<"LatinBalance", object>>;
  Document: new (options: {
    document: { id: string; index: readonly { field: string; tokenize: string; encoder: object }[] };
  }) => {
    add(id: string, document: object): void;
    search(text: string, options: { limit: number; suggest: boolean }): { field: string; result: string[] }[];
  };
}

const FIELDS = ["title", "brand", "description"];

async function open(products: readonly Product[]): Promise<OpenRival> {
  const { Charset, Document } = await loadRival<FlexSearch>("flexsearch");
  const index = FIELDS.map((field) => ({ field, tokenize: "forward", encoder: Charset.LatinBalance }));
  const engine = new Document({ document: { id: "id", index } });
  for (const { id, title, brand, description } of products) {
    engine.add(id, { id, title, brand: brand ?? "", description });
  }
  return {
    search({ text, limit }) {
      const found = engine.search(text, { limit, suggest: true });
      const byField = new Map(found.map(({ field, result }) => [field, result]));
      return [...new Set(FIELDS.flatMap((field) => byField.get(field) ?? []))].slice(0, limit);
    },
  };
}

export const flexsearch: Rival = {
  name: "FlexSearch",
  settings:
    "tokenize forward, LatinBalance, suggest; hits of the title before those of brand and description",
  lacks: ["phrase", "filters + facets", "browse", "suggest"],
  build: open,
};
