import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { loadCatalogue } from "./catalogue.ts";
import { CONTENDERS } from "./rivals/contenders.ts";
import type { OpenRival } from "./rivals/rival.ts";
import { openVitrine, vitrine } from "./rivals/vitrine.ts";
import { buildSegments } from "./segments.ts";

/** Sizes in bytes. */
export interface Footprint {
  name: string;
  products: number;
  indexBytes: number | null;
  /** What the collected heap grew by. */
  heapBytes: number;
  /** What array buffers grew by. */
  bufferBytes: number;
  rssBeforeBytes: number;
  rssBytes: number;
  openSeconds: number;
}

function collect(): NodeJS.MemoryUsage {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  return process.memoryUsage();
}

function readSegments(folder: string): ArrayBuffer[] {
  return readdirSync(folder)
    .toSorted()
    .map((file) => new Uint8Array(readFileSync(`${folder}/${file}`)).buffer);
}

async function open(name: string, folder: string): Promise<OpenRival> {
  if (name === vitrine.name) return openVitrine(readSegments(`${folder}/segments`));
  const rival = CONTENDERS.find((one) => one.name === name);
  if (rival === undefined) throw new Error(`Unknown engine "${name}"`);
  return rival.build(loadCatalogue().products);
}

/** Builds in yet another process, so that this one holds the segments alone. */
function prepare(name: string, folder: string): void {
  if (name === vitrine.name) execFileSync(process.execPath, [process.argv[1], "build", folder]);
}

async function measure(name: string, folder: string): Promise<void> {
  prepare(name, folder);
  const before = collect();
  const start = performance.now();
  const engine = await open(name, folder);
  const openSeconds = (performance.now() - start) / 1000;
  const filters: never[] = [];
  for (const text of ["lego", "laptop bag"]) await engine.search({ text, limit: 20, facets: false, filters });
  const after = collect();
  const footprint: Footprint = {
    name,
    products: 166_927,
    indexBytes: engine.indexBytes?.() ?? null,
    heapBytes: after.heapUsed - before.heapUsed,
    bufferBytes: after.arrayBuffers - before.arrayBuffers,
    rssBeforeBytes: before.rss,
    rssBytes: after.rss,
    openSeconds,
  };
  engine.close?.();
  console.log(JSON.stringify(footprint));
}

function build(folder: string): void {
  mkdirSync(`${folder}/segments`);
  for (const [i, buffer] of buildSegments(loadCatalogue().products).entries()) {
    writeFileSync(`${folder}/segments/${i}`, new Uint8Array(buffer));
  }
}

const [name, folder] = process.argv.slice(2);
if (name === "build") build(folder);
else await measure(name, folder);
