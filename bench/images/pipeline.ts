import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildWorker } from "../deployment.ts";
import { referenceFolder } from "../paths.ts";
import { jsonLines, runPython } from "../reference.ts";
import { writeReport } from "../report.ts";
import { summarize } from "../statistics.ts";
import { ContenderProcess } from "./contenders/process.ts";
import { imageState, makeInputs, readManifest } from "./inputs.ts";
import { referenceImages } from "./reference-images.ts";
import type { Latencies, Throughput } from "./pipeline-child.ts";

const CHILD = fileURLToPath(new URL("pipeline-child.ts", import.meta.url));
const FLAGS = ["--max-old-space-size=8000", "--disable-warning=ExperimentalWarning"];
const { values: OPTIONS } = parseArgs({
  options: { limit: { type: "string", default: "40" }, rounds: { type: "string", default: "15" } },
});

/** Of the reference's images.py, one variant. */
interface Reference {
  variant: string;
  metric: string;
  images: number;
  cores: number;
  images_per_s: number;
  images_per_cpu_s: number;
}

/** The real photos without the one that ends too early, at which the reference stops. */
function realPhotos(): string {
  const folder = imageState("photos");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, path, vips } of readManifest()) {
    if (name.startsWith("photos/") && vips === "ok") symlinkSync(path, join(folder, basename(name)));
  }
  return folder;
}

function filesOf(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /\.jpe?g$/.test(file));
  return files
    .toSorted()
    .slice(0, Number(OPTIONS.limit))
    .map((file) => join(folder, file));
}

/** Server, database and client on the same cores. */
async function onCores<T>(cores: string, args: readonly string[], files: readonly string[]): Promise<T[]> {
  const child = spawn("taskset", ["-c", cores, process.execPath, ...FLAGS, CHILD, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(files.join("\n"));
  const answers: T[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("{")) answers.push(JSON.parse(line) as T);
  }
  if (answers.length === 0) throw new Error("The measured server printed nothing");
  return answers;
}

interface Folder {
  label: string;
  oneCore: Throughput;
  twoCores: Throughput;
  reference: Reference[];
}

/** The reference's functions with a WebP of each size beside the JPEG: as much work as ours, on one core. */
async function measurePillow(name: string, files: readonly string[]): Promise<Reference> {
  const child = new ContenderProcess(name, 0);
  try {
    let [seconds, cpu] = [0, 0];
    for (const file of files) {
      const answer = await child.run({ file, format: "jpeg" });
      if ("error" in answer) throw new Error(`${name} stops at ${file}: ${answer.error}`);
      seconds += answer.wallMs / 1_000;
      cpu += answer.cpuMs / 1_000;
    }
    const rates = { images_per_s: files.length / seconds, images_per_cpu_s: files.length / cpu };
    return { variant: name, metric: "throughput", images: files.length, cores: 1, ...rates };
  } finally {
    child.stop();
  }
}

async function measureFolder(
  label: string,
  args: { folder: string; worker: string; reference: string },
): Promise<Folder> {
  const { folder, worker, reference } = args;
  const files = filesOf(folder);
  console.error(`${label}: ${files.length} files, one core`);
  const [oneCore] = await onCores<Throughput>("0", ["--worker", worker], files);
  console.error(`${label}: ${(oneCore.images / oneCore.seconds).toFixed(2)} images/s; two cores`);
  const [twoCores] = await onCores<Throughput>("0,1", ["--worker", worker, "--servers", "2"], files);
  console.error(`${label}: ${(twoCores.images / twoCores.seconds).toFixed(2)} images/s; the reference`);
  const options = ["images.py", "--images", folder, "--limit", OPTIONS.limit];
  const rows = jsonLines(await runPython(reference, options)) as Reference[];
  const alike = [
    await measurePillow("pillow-after-webp", files),
    await measurePillow("pillow-draft-webp", files),
  ];
  return {
    label,
    oneCore,
    twoCores,
    reference: [...rows.filter(({ metric }) => metric === "throughput"), ...alike],
  };
}

const NAMES: Readonly<Record<string, string>> = {
  before: "Pillow before",
  after: "Pillow after, pool",
  after_1core: "Pillow after",
  after_draft: "Pillow after_draft, pool",
  after_draft_1core: "Pillow after_draft",
  "pillow-after-webp": "Pillow after, JPEG and WebP",
  "pillow-draft-webp": "Pillow after_draft, JPEG and WebP",
};

function ratioRows({ label, oneCore, twoCores, reference }: Folder) {
  return reference.map(({ variant, cores, images_per_s: rate }) => {
    const ours = cores === 1 ? oneCore : twoCores;
    const ratio = ours.images / ours.seconds / rate;
    return [label, NAMES[variant] ?? variant, `${cores}`, `${ratio.toFixed(2)}×`];
  });
}

function rateRows({ label, oneCore, twoCores, reference }: Folder) {
  const ours = [oneCore, twoCores].map((one, i) => {
    const { images, failed, seconds, idleShare } = one;
    const { workerdCpuSeconds, databaseCpuSeconds, clientCpuSeconds } = one;
    const cpu = [workerdCpuSeconds, databaseCpuSeconds, clientCpuSeconds].map(
      (spent) => (spent / images) * 1_000,
    );
    return [
      label,
      "Vitrine, whole pipeline",
      `${i + 1}`,
      images - failed,
      images / seconds,
      ...cpu,
      `${(idleShare * 100).toFixed(0)} %`,
    ];
  });
  const theirs = reference.map((row) => {
    const cpu = 1_000 / row.images_per_cpu_s;
    return [
      label,
      NAMES[row.variant] ?? row.variant,
      `${row.cores}`,
      row.images,
      row.images_per_s,
      cpu,
      null,
      null,
      null,
    ];
  });
  return [...ours, ...theirs];
}

function latencyRow(label: string, { uploadMs, readyMs }: Latencies) {
  const [uploaded, ready] = [summarize(uploadMs), summarize(readyMs)];
  return [label, ready.n, uploaded.p50, uploaded.p95, ready.p50, ready.p95, ready.max];
}

function report(folders: readonly Folder[], photos: readonly (readonly [string, Latencies])[]): void {
  writeReport({
    name: OPTIONS.limit === "40" ? "images-pipeline" : "images-pipeline-partial",
    title: "Images through the whole pipeline",
    command: "npm run bench images-pipeline",
    versions: ["wrangler"],
    notes: [
      "Vitrine: upload over HTTP, R2, row and job in the database (a libSQL server in a process of its own), queue, decode, three variants in JPEG and WebP stored in R2, row ready; from the first byte sent to the last image ready. The built Worker in workerd with Miniflare's R2 and queue, which share its one thread; server, database and client all on the same core or cores (taskset).",
      "Two cores: two deployments that share the list of files, since workerd has one thread and Miniflare's queue hands out one batch at a time.",
      "Reference: images.py in the same run: files to files, three JPEGs, no server; `after` and `after_draft` also with a pool of two processes. Ratios are images/s, ours over theirs on as many cores.",
      "`JPEG and WebP`: the reference's functions with a WebP of each size beside the JPEG, on one core: as many pictures as ours.",
      "Latency: one photo at a time on an idle server, its bytes new each time, asked for every 15 ms; the queue waits for a batch as wrangler.toml says.",
    ],
    tables: [
      {
        title: "Images/s, ours over the reference's",
        columns: ["folder", "reference", "cores", "ratio"],
        rows: folders.flatMap(ratioRows),
      },
      {
        title: "Images/s and CPU ms of an image",
        columns: [
          "folder",
          "what",
          "cores",
          "images",
          "images/s",
          "CPU: server",
          "database",
          "client",
          "cores idle",
        ],
        rows: folders.flatMap(rateRows),
      },
      {
        title: "From upload to ready on an idle server, ms",
        columns: ["photo", "uploads", "answered p50", "p95", "ready p50", "p95", "most"],
        rows: photos.map(([label, latencies]) => latencyRow(label, latencies)),
      },
    ],
    data: { folders, photos: Object.fromEntries(photos) },
  });
}

async function main(): Promise<void> {
  const reference = referenceFolder();
  if (reference === null)
    throw new Error("Cannot measure: no reference; set VITRINE_REFERENCE to its folder");
  const generated = referenceImages(reference);
  const worker = buildWorker();
  const common = { worker, reference };
  const folders = [
    await measureFolder("generated", { folder: generated, ...common }),
    await measureFolder("photos", { folder: realPhotos(), ...common }),
  ];
  const inputs = makeInputs(["12mp.jpg", "24mp.jpg", "24mp-progressive.jpg"]);
  const args = ["--worker", worker, "--latency", "yes", "--rounds", OPTIONS.rounds];
  const latencies = await onCores<Latencies>("0,1", args, inputs);
  report(folders, [
    ["12 MP", latencies[0]],
    ["24 MP", latencies[1]],
    ["24 MP progressive", latencies[2]],
  ]);
}

await main();
