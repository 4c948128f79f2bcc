import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeReport } from "../report.ts";
import type { Footprint } from "./memory-child.ts";
import { CONTENDERS } from "./rivals/contenders.ts";
import { vitrineEngine } from "./rivals/vitrine.ts";

const MB = 2 ** 20;
const FLAGS = ["--expose-gc", "--max-old-space-size=12000", "--disable-warning=ExperimentalWarning"];

/** Runs in a process of its own, so that nothing of another engine is counted. */
function footprintOf(name: string, folder: string): Footprint {
  const child = fileURLToPath(new URL("memory-child.ts", import.meta.url));
  const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
  const text = execFileSync(process.execPath, [...FLAGS, child, name, folder], { encoding: "utf8", stdio });
  return JSON.parse(text.trim().split("\n").at(-1) ?? "{}");
}

function rowOf(one: Footprint) {
  const index = one.indexBytes === null ? null : one.indexBytes / MB;
  const perProduct = (one.heapBytes + one.bufferBytes) / one.products;
  const grown = one.rssBytes - one.rssBeforeBytes;
  return [one.name, index, one.heapBytes / MB, one.bufferBytes / MB, grown / MB, perProduct, one.openSeconds];
}

function main(): void {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const names = CONTENDERS.filter((rival) => rival !== vitrineEngine).map(({ name }) => name);
  const chosen = names.filter((name) => values.only === undefined || values.only.split(",").includes(name));
  const folder = mkdtempSync(join(tmpdir(), "vitrine-memory-"));
  const footprints = chosen.map((name) => footprintOf(name, folder));
  rmSync(folder, { recursive: true });
  const [ours, ...rivals] = footprints;
  const total = (one: Footprint) => one.heapBytes + one.bufferBytes;
  writeReport({
    name: values.only === undefined ? "memory" : "memory-partial",
    title: "Memory of an index over 166,927 products",
    command: "npm run bench memory",
    notes: [
      "Each engine in a process of its own; the catalogue is dropped before the heap is read after a collection.",
      "Vitrine opens segments that another process built, as an isolate does; the others build in place.",
      "FTS5 keeps its index in a file (the column says its size) and has no ratio: only its cache is in memory. The linear scan keeps the products.",
    ],
    tables: [
      {
        title: "Heap and buffers of each rival as a multiple of ours",
        columns: ["engine", "ratio"],
        rows: rivals
          .filter((rival) => total(rival) > MB)
          .map((rival) => [rival.name, `${(total(rival) / total(ours)).toFixed(1)}×`]),
      },
      {
        title: "Megabytes",
        columns: ["engine", "index", "heap", "buffers", "RSS grown", "bytes/product", "open or build, s"],
        rows: footprints.map(rowOf),
      },
    ],
    data: footprints,
  });
}

main();
