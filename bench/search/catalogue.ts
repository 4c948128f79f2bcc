import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { AttributeValue, Product } from "../../src/domain/product.ts";
import { dataFolder } from "../paths.ts";

interface Line {
  id: string;
  source: string;
  title: string;
  description: string;
  brand: string | null;
  category: string[];
  price_cents: number | null;
  image: string | null;
  released?: string;
  year?: number;
}

export interface Catalogue {
  name: string;
  products: readonly Product[];
}

const UNDATED = Date.UTC(2020, 0, 1);

function attributesOf(line: Line): Record<string, AttributeValue> {
  return line.year === undefined ? { source: line.source } : { source: line.source, year: line.year };
}

function toProduct(line: Line): Product {
  const released = line.released === undefined ? Number.NaN : Date.parse(line.released);
  return {
    id: line.id,
    orgId: "bench",
    title: line.title,
    description: line.description,
    brand: line.brand === "" ? null : line.brand,
    category: line.category.filter((name) => name !== ""),
    price: line.price_cents === null ? null : { amount: line.price_cents, currency: "USD" },
    rating: null,
    ratingCount: 0,
    inStock: true,
    imageUrl: line.image !== null && /^https?:/.test(line.image) ? line.image : null,
    imageId: null,
    attributes: attributesOf(line),
    updatedAt: Number.isNaN(released) ? UNDATED : released,
    version: 1,
  };
}

/** Path of the real catalogue as its owner wrote it (gzipped JSON lines); `null` where the data folder is absent. */
export function catalogueFile(): string | null {
  const folder = dataFolder();
  const file = folder === null ? null : `${folder}/catalogue/products.jsonl.gz`;
  return file !== null && existsSync(file) ? file : null;
}

/**
 * The real catalogue (166,927 products), in file order.
 *
 * @param source only products of this source, for example `icecat` (19,406)
 * @throws where the data folder is absent: set `VITRINE_DATA`
 */
export function loadCatalogue(source?: string): Catalogue {
  const file = catalogueFile();
  if (file === null) throw new Error("Cannot load the catalogue: no data folder; set VITRINE_DATA to it");
  const products: Product[] = [];
  for (const text of gunzipSync(readFileSync(file)).toString("utf8").split("\n")) {
    if (text === "") continue;
    const line: Line = JSON.parse(text);
    if (source === undefined || line.source === source) products.push(toProduct(line));
  }
  return { name: source ?? "all sources", products };
}
