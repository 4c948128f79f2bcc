import { execFileSync, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeReport } from "../report.ts";
import { summarize } from "../statistics.ts";
import type { FuzzLine, FuzzSample } from "./fuzz/child.ts";
import { imageState, PYTHON, script } from "./inputs.ts";

const MB = 2 ** 20;
const FLAGS = ["--expose-gc", "--max-old-space-size=4000", "--disable-warning=ExperimentalWarning"];
const CHILD = fileURLToPath(new URL("fuzz/child.ts", import.meta.url));
const MAX_CPU_MS = 2_000;
const HANG_MS = 20_000;
const MAX_WASM_BYTES = 80 * MB;
/** What the second half of a run may add to heap and buffers. */
const MAX_GROWTH_BYTES = 8 * MB;

const { values: OPTIONS } = parseArgs({
  options: { files: { type: "string", default: "24000" }, from: { type: "string", default: "0" } },
});
const FILES = Number(OPTIONS.files);

interface Part {
  lines: FuzzLine[];
  samples: FuzzSample[];
  /** Seeds at which the process hung or died. */
  lost: number[];
}

/** One process, until it is done, hangs or dies. */
async function runChild(from: number, count: number, part: Part): Promise<void> {
  const args = [...FLAGS, CHILD, "--from", String(from), "--count", String(count)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let timer = setTimeout(() => child.kill("SIGKILL"), HANG_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill("SIGKILL"), HANG_MS);
    const row = JSON.parse(line) as FuzzLine | FuzzSample;
    if ("seed" in row) part.lines.push(row);
    else part.samples.push(row);
    if ("files" in row) console.error(`from seed ${from}: ${row.files} files`);
  }
  clearTimeout(timer);
}

/** Goes on behind a seed that ends the process. */
async function runPart(from: number, count: number): Promise<Part> {
  const part: Part = { lines: [], samples: [], lost: [] };
  for (let next = from; next < from + count;) {
    await runChild(next, from + count - next, part);
    next = Math.max(next, (part.lines.at(-1)?.seed ?? next - 1) + 1);
    if (next < from + count) part.lost.push(next++);
  }
  return part;
}

function faultsOf(line: FuzzLine): string[] {
  const faults: string[] = [];
  if (line.isTrap) faults.push(`the module traps (${line.detail})`);
  for (const outcome of [line.outcome, line.codecOutcome ?? "ready"]) {
    if (outcome.startsWith("fault") && !line.isTrap) faults.push(outcome);
  }
  if (line.cpuMs > MAX_CPU_MS) faults.push(`takes ${line.cpuMs.toFixed(0)} ms`);
  if (line.wasmBytes > MAX_WASM_BYTES) faults.push(`takes ${(line.wasmBytes / MB).toFixed(0)} MB`);
  return faults;
}

/** What heap and buffers have grown by from the middle of a process's run to its end. */
function growthOf({ samples }: Part): number {
  const bytes = samples.map(
    ({ heapBytes, bufferBytes, wasmLiveBytes }) => heapBytes + bufferBytes + wasmLiveBytes,
  );
  return bytes.length < 2 ? 0 : (bytes.at(-1) ?? 0) - bytes[Math.floor((bytes.length - 1) / 2)];
}

function countRows(
  lines: readonly FuzzLine[],
  formats: readonly string[],
  of: (line: FuzzLine) => string | null,
) {
  const outcomes = [...new Set(lines.map(of))].filter((outcome) => outcome !== null).toSorted();
  return outcomes.map((outcome) => {
    const some = lines.filter((line) => of(line) === outcome);
    return [
      outcome,
      some.length,
      ...formats.map((format) => some.filter((line) => line.format === format).length),
    ];
  });
}

function report(parts: readonly Part[]): void {
  const lines = parts.flatMap((part) => part.lines);
  const failed = lines.flatMap((line) => faultsOf(line).map((fault) => ({ line, fault })));
  const lost = parts.flatMap((part) => part.lost);
  const growth = Math.max(...parts.map(growthOf));
  const cpu = summarize(lines.map(({ cpuMs }) => cpuMs));
  const formats = ["jpeg", "png", "webp", "gif", "bmp"];
  const isWhole = OPTIONS.files === "24000" && OPTIONS.from === "0";
  const isPassed = failed.length === 0 && lost.length === 0 && growth <= MAX_GROWTH_BYTES;
  writeReport({
    name: isWhole ? "images-fuzz" : "images-fuzz-partial",
    title: "Mutated images",
    command: "npm run bench images-fuzz",
    versions: [],
    notes: [
      "Small valid files of every kind that is read (python/corpus.py), changed by one to three of: bit flips, bytes set, cut off, inserted, removed, two files spliced, lengths and sizes set to extremes, segments swapped, repeated or left out, a PNG's data changed and compressed again; checksums of three in four PNGs made right again. A seed gives the same file each time.",
      "Each goes through the header reader and the codec, as an upload does; where the header reader refuses it, through the codec alone as well.",
      `It must end ready or in a code of images, without a trap of the module (even one that the wrapper turns into a code), in ${MAX_CPU_MS} ms of CPU and ${MAX_WASM_BYTES / MB} MB; a process that is silent for ${HANG_MS / 1_000} s hangs. Heap, buffers and reachable instances may grow by ${MAX_GROWTH_BYTES / MB} MB in the second half of a run. Otherwise the run fails.`,
      "One file again: `npx node --expose-gc bench/images/fuzz/child.ts --from SEED --write FILE`.",
    ],
    tables: [
      {
        title: "In all",
        columns: ["figure", "value"],
        rows: [
          ["files", lines.length],
          ["ready", lines.filter(({ outcome }) => outcome === "ready").length],
          ["refused with a code", lines.filter(({ outcome }) => !/^(ready|fault)/.test(outcome)).length],
          ["faults", failed.length],
          ["hangs and dead processes", lost.length],
          ["CPU ms, median", cpu.p50],
          ["CPU ms, 99th percentile", cpu.p99],
          ["CPU ms, most", cpu.max],
          ["memory of the module, most, MB", Math.max(...lines.map(({ wasmBytes }) => wasmBytes)) / MB],
          ["growth in the second half, MB", growth / MB],
        ],
      },
      {
        title: "Faults",
        columns: ["seed", "of", "operators", "fault"],
        rows: [
          ...lost.map((seed) => [`${seed}`, "", "", "the process hangs or dies"]),
          ...failed
            .slice(0, 40)
            .map(({ line, fault }) => [`${line.seed}`, line.base, line.operators.join(", "), fault]),
        ],
      },
      {
        title: "Outcomes",
        columns: ["header and codec", "files", ...formats],
        rows: countRows(lines, formats, ({ outcome }) => outcome),
      },
      {
        title: "The codec alone, where the header reader refuses",
        columns: ["codec", "files", ...formats],
        rows: countRows(lines, formats, ({ codecOutcome }) => codecOutcome),
      },
      {
        title: "Memory of the first process, MB",
        columns: ["after", "instances", "reachable", "heap", "buffers", "RSS"],
        rows: parts[0].samples.map((sample) => {
          const { files, instances, wasmLiveBytes, heapBytes, bufferBytes, rssBytes } = sample;
          const megabytes = [wasmLiveBytes, heapBytes, bufferBytes, rssBytes].map((bytes) => bytes / MB);
          return [`${files}`, instances, ...megabytes];
        }),
      },
    ],
    data: { failed, lost, growth, cpu, samples: parts.map(({ samples }) => samples) },
  });
  if (!isPassed) process.exitCode = 1;
}

async function main(): Promise<void> {
  execFileSync(PYTHON, [script("corpus"), imageState("corpus")], { stdio: "inherit" });
  const processes = availableParallelism();
  const each = Math.ceil(FILES / processes);
  const from = Number(OPTIONS.from);
  report(await Promise.all(Array.from({ length: processes }, (_, i) => runPart(from + i * each, each))));
}

await main();
