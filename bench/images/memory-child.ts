import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { pickIndex, seeded } from "../random.ts";
import { attempt } from "./attempt.ts";
import { openCodec } from "./codec.ts";
import { readManifest } from "./inputs.ts";
import { watchWasm } from "./wasm-watch.ts";

/** One image in a process of its own. Bytes. */
export interface OneImage {
  outcome: string;
  wasmBytes: number;
  cpuMs: number;
  fileBytes: number;
}

/** A sample of a long run, after a collection. Bytes. */
export interface Sample {
  images: number;
  ready: number;
  wasmPeakBytes: number;
  wasmLiveBytes: number;
  heapBytes: number;
  bufferBytes: number;
  rssBytes: number;
}

const watch = watchWasm();
const codec = openCodec();

function collect(): NodeJS.MemoryUsage {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage();
}

async function one(file: string): Promise<OneImage> {
  const bytes = new Uint8Array(readFileSync(file));
  const { outcome, wasmBytes, cpuMs } = await attempt(codec, watch, bytes);
  return { outcome, wasmBytes, cpuMs, fileBytes: bytes.length };
}

/** All kinds in a shuffled order, the refused among them, each size as often as the manifest has it. */
async function many(count: number, every: number): Promise<void> {
  const files = readManifest();
  const random = seeded(1_000);
  let [ready, peak] = [0, 0];
  for (let i = 1; i <= count; i++) {
    const { path } = files[pickIndex(random, files.length)];
    const { outcome, wasmBytes } = await attempt(codec, watch, new Uint8Array(readFileSync(path)));
    if (outcome === "ready") ready++;
    peak = Math.max(peak, wasmBytes);
    if (i % every > 0) continue;
    // Instances that were thrown away go in a later turn of the loop.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { heapUsed, arrayBuffers, rss } = collect();
    const sample: Sample = {
      images: i,
      ready,
      wasmPeakBytes: peak,
      wasmLiveBytes: watch.liveBytes,
      heapBytes: heapUsed,
      bufferBytes: arrayBuffers,
      rssBytes: rss,
    };
    console.log(JSON.stringify(sample));
  }
}

const { values } = parseArgs({
  options: { file: { type: "string" }, count: { type: "string" }, every: { type: "string", default: "100" } },
});
if (values.file !== undefined) console.log(JSON.stringify(await one(values.file)));
else await many(Number(values.count), Number(values.every));
