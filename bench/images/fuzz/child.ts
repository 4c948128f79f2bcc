import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import type { ImageFormat } from "../../../src/domain/image.ts";
import { attempt } from "../attempt.ts";
import { openCodec } from "../codec.ts";
import { imageState } from "../inputs.ts";
import { watchWasm } from "../wasm-watch.ts";
import { mutantOf } from "./mutate.ts";
import type { SeedFile } from "./mutate.ts";

/** What became of one mutant. */
export interface FuzzLine {
  seed: number;
  base: string;
  format: ImageFormat;
  operators: string[];
  /** Of header and codec, as an upload goes. */
  outcome: string;
  stage: string;
  /** Of the codec alone, where the header reader has refused it: what would become of it otherwise. */
  codecOutcome: string | null;
  detail: string;
  isTrap: boolean;
  cpuMs: number;
  wasmBytes: number;
}

/** After every thousand, collected. Bytes. */
export interface FuzzSample {
  files: number;
  instances: number;
  wasmLiveBytes: number;
  heapBytes: number;
  bufferBytes: number;
  rssBytes: number;
}

const FORMATS: Readonly<Record<string, ImageFormat>> = {
  ".jpg": "jpeg",
  ".png": "png",
  ".webp": "webp",
  ".gif": "gif",
  ".bmp": "bmp",
};
const SAMPLE_EVERY = 1_000;

const watch = watchWasm();
const codec = openCodec();

function readCorpus(folder: string): SeedFile[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({
      name,
      format: FORMATS[extname(name)],
      bytes: new Uint8Array(readFileSync(join(folder, name))),
    }));
}

async function tryMutant(seed: number, corpus: readonly SeedFile[]): Promise<FuzzLine> {
  const { base, operators, bytes } = mutantOf(seed, corpus);
  const first = await attempt(codec, watch, bytes);
  const second = first.stage === "header" ? await attempt(codec, watch, bytes, base.format) : null;
  return {
    seed,
    base: base.name,
    format: base.format,
    operators,
    outcome: first.outcome,
    stage: first.stage,
    codecOutcome: second?.outcome ?? null,
    detail: second?.isTrap === true ? second.detail : first.detail,
    isTrap: first.isTrap || second?.isTrap === true,
    cpuMs: Math.max(first.cpuMs, second?.cpuMs ?? 0),
    wasmBytes: Math.max(first.wasmBytes, second?.wasmBytes ?? 0),
  };
}

async function sample(files: number): Promise<FuzzSample> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const { instances, liveBytes } = watch;
  return {
    files,
    instances,
    wasmLiveBytes: liveBytes,
    heapBytes: heapUsed,
    bufferBytes: arrayBuffers,
    rssBytes: rss,
  };
}

const { values } = parseArgs({
  options: {
    corpus: { type: "string", default: imageState("corpus") },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "1" },
    write: { type: "string" },
  },
});
const corpus = readCorpus(values.corpus);
const from = Number(values.from);
for (let i = 0; i < Number(values.count); i++) {
  if (values.write !== undefined) writeFileSync(values.write, mutantOf(from + i, corpus).bytes);
  console.log(JSON.stringify(await tryMutant(from + i, corpus)));
  if ((i + 1) % SAMPLE_EVERY === 0) console.log(JSON.stringify(await sample(i + 1)));
}
