import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { benchState, vitrine } from "../deployment.ts";
import type { Site } from "../deployment.ts";
import { MAPPING } from "../import.ts";
import { runPython } from "../reference.ts";
import { catalogueFile, writeCleanCatalogue } from "../search/catalogue.ts";
import type { Scale } from "./world.ts";

/** As many queries as the reference repeats in its own measurement. */
const QUERIES = 200;

/** A catalogue as the reference has it, and as we import it. */
export interface Products {
  label: string;
  /** The reference's: products.jsonl, queries.jsonl. */
  data: string;
  isReal: boolean;
}

/** The real catalogue at full scale, where it is there; else the generator's. */
export async function prepareProducts(reference: string, scale: Scale): Promise<Products> {
  const real = scale === "full" ? catalogueFile() : null;
  if (real !== null) {
    const data = join(benchState(), "reference/data/catalogue");
    if (!existsSync(join(data, "manifest.json")))
      await runPython(reference, ["gen/convert.py", "--in", real, "--out", data]);
    return { label: "the real catalogue", data, isReal: true };
  }
  const data = join(benchState(), "reference/data", scale);
  if (!existsSync(join(data, "queries.jsonl")))
    await runPython(reference, ["gen/gen.py", "--scale", scale, "--only", "search", "--out", data]);
  return { label: "generated products", data, isReal: false };
}

export function queriesOf({ data }: Products): string[] {
  const lines = readFileSync(join(data, "queries.jsonl"), "utf8").split("\n").slice(0, QUERIES);
  return lines.map((line) => (JSON.parse(line) as { q: string }).q);
}

const GENERATED_MAPPING = ["title=name", "price=price_cents:cents", "currency=USD"];

/** Through the command line, until they are searchable; answers how many were taken. */
export async function importProducts(
  site: Site,
  { data, isReal }: Products,
  { key, folder }: { key: string; folder: string },
): Promise<number> {
  const file = isReal ? join(folder, "products.jsonl.gz") : join(data, "products.jsonl");
  if (isReal) writeCleanCatalogue(file);
  const mapping = (isReal ? MAPPING : GENERATED_MAPPING).flatMap((entry) => ["--map", entry]);
  const state = ["--state", join(folder, "import.json"), "--rejected", join(folder, "rejected.ndjson")];
  const args = ["import", file, ...mapping, "--format", "ndjson", "--ignore-unknown", "--quiet", "--restart"];
  const { accepted } = (await vitrine(site, [...args, ...state], key)) as { accepted: number };
  return accepted;
}
