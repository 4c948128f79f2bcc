import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
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
    brand: line.brand,
    category: line.category,
    price: line.price_cents === null ? null : { amount: line.price_cents, currency: "USD" },
    rating: null,
    ratingCount: 0,
    inStock: true,
    imageUrl: line.image,
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

function readLines(file: string): Line[] {
  const text = gunzipSync(readFileSync(file)).toString("utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [cleaned(JSON.parse(line) as Line)]));
}

/** Without what is no value: empty names, and pictures by a file name alone. */
function cleaned(line: Line): Line {
  return {
    ...line,
    brand: line.brand === "" ? null : line.brand,
    category: line.category.filter((name) => name !== ""),
    image: line.image !== null && /^https?:/.test(line.image) ? line.image : null,
  };
}

/** Writes the catalogue, cleaned, as gzipped JSON lines: what a merchant's export would look like. */
export function writeCleanCatalogue(target: string): void {
  const file = catalogueFile();
  if (file === null) throw new Error("Cannot read the catalogue: no data folder; set VITRINE_DATA to it");
  const lines = readLines(file).map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(target, gzipSync(lines.join("")));
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
  const lines = readLines(file).filter((line) => source === undefined || line.source === source);
  return { name: source ?? "all sources", products: lines.map(toProduct) };
}
