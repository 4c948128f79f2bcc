import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeReport } from "../report.ts";
import { makeInputs } from "./inputs.ts";
import type { OneImage, Sample } from "./memory-child.ts";
import { measureUploads } from "./memory-upload.ts";
import type { UploadMemory } from "./memory-upload.ts";

const MB = 2 ** 20;
const FLAGS = ["--expose-gc", "--max-old-space-size=4000", "--disable-warning=ExperimentalWarning"];
const CHILD = fileURLToPath(new URL("memory-child.ts", import.meta.url));
const STREAMED_MB = 16;
const WORST_MB = 80;
const JS_RISE_MB = 16;

const { values: OPTIONS } = parseArgs({
  options: { images: { type: "string", default: "1000" }, part: { type: "string" } },
});

/** What must be accepted, with the goal for the module's memory. */
const KINDS: readonly (readonly [label: string, file: string, goal: number])[] = [
  ["JPEG 1 MP", "1mp.jpg", STREAMED_MB],
  ["JPEG 12 MP", "12mp.jpg", STREAMED_MB],
  ["JPEG 24 MP", "24mp.jpg", STREAMED_MB],
  ["JPEG 48 MP", "48mp.jpg", STREAMED_MB],
  ["JPEG 100 MP", "100mp.jpg", STREAMED_MB],
  ["JPEG 65,500 × 1,600", "wide.jpg", STREAMED_MB],
  ["JPEG 1,600 × 65,500", "tall.jpg", STREAMED_MB],
  ["JPEG 24 MP, to be turned", "24mp-rotated.jpg", STREAMED_MB],
  ["JPEG 24 MP, 4:4:4", "24mp-444.jpg", STREAMED_MB],
  ["JPEG 24 MP, CMYK", "24mp-cmyk.jpg", STREAMED_MB],
  ["JPEG 100 MP, grey", "100mp-grey.jpg", STREAMED_MB],
  ["PNG 100 MP", "100mp-rgb.png", STREAMED_MB],
  ["PNG 100 MP, RGBA", "100mp-rgba.png", STREAMED_MB],
  ["PNG 100 MP, palette", "100mp-palette.png", STREAMED_MB],
  ["PNG 100 MP, 16 bit", "100mp-16bit.png", STREAMED_MB],
  ["PNG 65,500 × 1,600, RGBA", "wide.png", STREAMED_MB],
  ["PNG 1,600 × 65,500, RGBA", "tall.png", STREAMED_MB],
  ["PNG of 40 MB, noise", "40mb.png", STREAMED_MB],
  ["JPEG 12 MP, progressive", "12mp-progressive.jpg", WORST_MB],
  ["JPEG 12 MP, progressive 4:4:4", "12mp-progressive-444.jpg", WORST_MB],
  ["JPEG 24 MP, progressive", "24mp-progressive.jpg", WORST_MB],
  ["PNG 16 MP, interlaced", "16mp-interlaced.png", WORST_MB],
  ["WebP 16 MP, lossy", "16mp-lossy.webp", WORST_MB],
  ["WebP 12 MP, lossless", "12mp-lossless.webp", WORST_MB],
  ["WebP 12 MP, lossy with alpha", "12mp-alpha.webp", WORST_MB],
  ["WebP 16 MP, lossless", "16mp-lossless.webp", WORST_MB],
  ["WebP 16 MP, lossy with alpha", "16mp-alpha.webp", WORST_MB],
  ["GIF 16 MP, interlaced", "16mp-interlaced.gif", WORST_MB],
  ["GIF 100 MP", "100mp.gif", WORST_MB],
  ["BMP 13 MP", "13mp.bmp", WORST_MB],
  ["BMP 16 MP, run lengths", "16mp-runs.bmp", WORST_MB],
  ["BMP 100 MP, run lengths", "100mp-runs.bmp", WORST_MB],
  ["BMP 100 MP, 1 bit", "100mp-1bit.bmp", WORST_MB],
];

/** In a process of its own, so that nothing of another image is counted. */
async function child<T>(args: readonly string[], each: (row: T) => void): Promise<void> {
  const running = spawn(process.execPath, [...FLAGS, CHILD, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: running.stdout })) each(JSON.parse(line) as T);
}

interface Kind extends OneImage {
  label: string;
  goalMb: number;
}

async function measureKinds(): Promise<Kind[]> {
  const paths = makeInputs(KINDS.map(([, file]) => file));
  const kinds: Kind[] = [];
  for (const [i, [label, , goalMb]] of KINDS.entries()) {
    await child<OneImage>(["--file", paths[i]], (one) => kinds.push({ label, goalMb, ...one }));
    const { outcome, wasmBytes } = kinds.at(-1) ?? { outcome: "the process ended", wasmBytes: 0 };
    console.error(`${label}: ${outcome}, ${(wasmBytes / MB).toFixed(1)} MB`);
  }
  return kinds;
}

async function measureMany(): Promise<Sample[]> {
  const samples: Sample[] = [];
  await child<Sample>(["--count", OPTIONS.images], (sample) => {
    samples.push(sample);
    console.error(`${sample.images} images: RSS ${(sample.rssBytes / MB).toFixed(0)} MB`);
  });
  return samples;
}

function kindRow({ label, goalMb, outcome, wasmBytes, fileBytes, cpuMs }: Kind) {
  const isMet = outcome === "ready" ? wasmBytes <= goalMb * MB : outcome.startsWith("image_");
  const goal = `≤ ${goalMb}${isMet ? "" : " MISSED"}`;
  return [label, outcome, wasmBytes / MB, goal, fileBytes / MB, cpuMs];
}

function sampleRow(sample: Sample) {
  const { images, ready, wasmPeakBytes, wasmLiveBytes, heapBytes, bufferBytes, rssBytes } = sample;
  const megabytes = [wasmPeakBytes, wasmLiveBytes, heapBytes, bufferBytes, rssBytes].map(
    (bytes) => bytes / MB,
  );
  return [`${images}`, ready, ...megabytes];
}

function uploadRow({ what, bytes, liveBytes, peakBytes, peakReadyBytes, rssBytes }: UploadMemory) {
  const goal =
    what === "PNG of 40 MB" ? `< ${JS_RISE_MB}${peakBytes < JS_RISE_MB * MB ? "" : " MISSED"}` : null;
  return [what, bytes / MB, liveBytes / MB, peakBytes / MB, goal, peakReadyBytes / MB, rssBytes / MB];
}

async function main(): Promise<void> {
  const has = (part: string): boolean => OPTIONS.part === undefined || OPTIONS.part === part;
  const kinds = has("kinds") ? await measureKinds() : [];
  const samples = has("many") ? await measureMany() : [];
  const uploads = has("uploads") ? await measureUploads() : [];
  const isWhole = OPTIONS.part === undefined && OPTIONS.images === "1000";
  writeReport({
    name: isWhole ? "images-memory" : "images-memory-partial",
    title: "Memory of the image codec and of uploads",
    command: "npm run bench images-memory",
    versions: ["wrangler"],
    notes: [
      "An image in a process of its own, by the port as the pipeline calls it; the module's memory (which never shrinks) at its largest, read after each call into it. Of a refused image: what it took to refuse it. CPU: of the first job of a process, with compiling the module.",
      `${OPTIONS.images} mixed images: drawn from all files of the manifest, seeded, the refused ones among them, through one codec in one process; each sample after a collection. \`reachable\`: all instances that the collector has left.`,
      "Uploads: to the deployed Worker in workerd under Miniflare. V8's own numbers of the Worker's isolate (heap and array buffers), by the inspector, as a rise over the idle isolate. Live: each sample after a full collection. Peak: what has not been collected yet with it. The module's own memory is not part of these. RSS: the most of the whole process so far over what it had before, with Miniflare's R2, queue and HTTP.",
    ],
    tables: [
      {
        title: "Peak by kind, MB",
        columns: ["image", "outcome", "module", "goal", "file", "CPU ms"],
        rows: kinds.map(kindRow),
      },
      {
        title: `${OPTIONS.images} mixed images, MB`,
        columns: ["after", "made ready", "module's peak", "reachable", "heap", "buffers", "RSS"],
        rows: samples.map(sampleRow),
      },
      {
        title: "Uploads to workerd, rise over idle in MB",
        columns: ["what", "file", "live", "peak", "goal", "peak until ready", "RSS"],
        rows: uploads.map(uploadRow),
      },
    ],
    data: { kinds, samples, uploads },
  });
}

await main();
