import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeReport } from "../report.ts";
import { attempt } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";
import { openCodec } from "./codec.ts";
import { expectedOf } from "./formats-expected.ts";
import { imageState, PYTHON, readManifest, script } from "./inputs.ts";
import type { DataFile } from "./inputs.ts";
import { watchWasm } from "./wasm-watch.ts";

const MB = 2 ** 20;
const HOSTILE = /^(broken|bombs)\/|bomb-/;
const HOSTILE_CPU_MS = 1_000;
const WORST_BYTES = 80 * MB;
/** Of 255, on top of what JPEG itself costs these pixels. */
const MAX_MEAN = 2.5;
const MAX_SIDE_DIFFERENCE = 1;

/** As python/compare.py answers. */
interface Comparison {
  name: string;
  error?: string;
  vipsWidth: number;
  vipsHeight: number;
  width: number;
  height: number;
  mean: number;
  floor: number;
  psnr: number;
}

interface Row {
  file: DataFile;
  outcome: Attempt["outcome"];
  stage: Attempt["stage"];
  detail: string;
  cpuMs: number;
  wasmBytes: number;
  comparison: Comparison | null;
  verdict: "right" | "like libvips, unverified" | "wrong" | "refused";
  /** What is not as it should be. */
  surprises: string[];
}

async function attemptAll(files: readonly DataFile[], folder: string) {
  const watch = watchWasm();
  const codec = openCodec();
  const rows: { file: DataFile; attempt: Attempt; picture: string | null }[] = [];
  for (const [i, file] of files.entries()) {
    const tried = await attempt(codec, watch, new Uint8Array(readFileSync(file.path)));
    const large = tried.image?.variants.large.pictures[0];
    const picture = large === undefined ? null : join(folder, `${i}.${large.format}`);
    if (picture !== null && large !== undefined) writeFileSync(picture, large.bytes);
    rows.push({ file, attempt: { ...tried, image: null }, picture });
  }
  return rows;
}

/** By libvips' pixels, in one process of Python. */
async function compareAll(
  lines: readonly { name: string; path: string; picture: string }[],
  folder: string,
): Promise<Map<string, Comparison>> {
  const child = spawn(PYTHON, [script("compare"), folder], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const answers = new Map<string, Comparison>();
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = JSON.parse(line) as Comparison;
    answers.set(answer.name, answer);
  }
  return answers;
}

function isRight({ width, height, vipsWidth, vipsHeight, mean, floor }: Comparison): boolean {
  const sides = Math.max(Math.abs(width - vipsWidth), Math.abs(height - vipsHeight));
  return sides <= MAX_SIDE_DIFFERENCE && mean <= floor + MAX_MEAN;
}

function verdictOf({ outcome }: Attempt, comparison: Comparison | null): Row["verdict"] {
  if (outcome !== "ready") return "refused";
  if (comparison === null || comparison.error !== undefined) return "like libvips, unverified";
  return isRight(comparison) ? "right" : "wrong";
}

function surprisesOf(file: DataFile, tried: Attempt, verdict: Row["verdict"]): string[] {
  const expected = expectedOf(file);
  const found: string[] = [];
  if (expected === "decoded") {
    if (verdict === "refused") found.push(`is refused with ${tried.outcome} (${tried.detail})`);
    if (verdict === "wrong") found.push("differs from libvips");
  } else if (!expected.includes(tried.outcome)) {
    found.push(`ends in ${tried.outcome}, not ${expected.join(" or ")} (${tried.detail})`);
  }
  if (tried.outcome.startsWith("fault") || tried.isTrap) found.push(`is a fault: ${tried.detail}`);
  if (tried.wasmBytes > WORST_BYTES) found.push(`takes ${(tried.wasmBytes / MB).toFixed(0)} MB`);
  if (HOSTILE.test(file.name) && tried.cpuMs > HOSTILE_CPU_MS)
    found.push(`takes ${tried.cpuMs.toFixed(0)} ms`);
  return found;
}

/** Of a file: its folder, and each thing the manifest says of it. */
function featuresOf({ format, features }: DataFile): string[] {
  const kind = format.replace(/^Extended /, "");
  const named = features.map((feature) =>
    feature
      .replace(/^exif-orientation-[1-8]$/, "EXIF orientation")
      .replace(/^exif-orientation-.*/, "EXIF orientation that lies")
      .replace(/^animated-.*/, "animated")
      .replace(/^irot-.*/, "rotated by its container")
      .replace(/^icc:(sRGB|GIMP built-in sRGB).*/, "ICC profile: sRGB")
      .replace(/^icc:.*/, "ICC profile: another"),
  );
  return [kind, ...named.map((feature) => `${kind}, ${feature}`)];
}

function groupRows(rows: readonly Row[], groupsOf: (row: Row) => readonly string[]) {
  const groups = new Map<string, Row[]>();
  for (const row of rows)
    for (const group of groupsOf(row)) groups.set(group, [...(groups.get(group) ?? []), row]);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, some]) => {
      const count = (verdict: Row["verdict"]): number => some.filter((row) => row.verdict === verdict).length;
      const codes = Map.groupBy(
        some.filter(({ verdict }) => verdict === "refused"),
        ({ outcome }) => outcome,
      );
      const refusals = [...codes].map(([code, of]) => `${of.length} ${code}`).join(", ");
      const worst = Math.max(
        ...some.map(({ comparison }) => (comparison?.mean ?? 0) - (comparison?.floor ?? 0)),
      );
      const unverified = count("like libvips, unverified");
      return [group, some.length, count("right"), unverified, count("wrong"), refusals || "–", worst];
    });
}

function report(rows: readonly Row[]): void {
  const surprising = rows.filter(({ surprises }) => surprises.length > 0);
  const columns = ["", "files", "right", "decoded, libvips cannot", "wrong", "refused", "most difference"];
  writeReport({
    name: "images-formats",
    title: "Every file of the manifest",
    command: "npm run bench images-formats",
    versions: [],
    notes: [
      "Each file through the header reader and the codec, as an upload goes. A file is decoded or refused with a code; what is expected of each is in formats-expected.ts, and anything else fails the run.",
      `Right: the large picture has libvips' size (8.14, \`vipsthumbnail --size 1200x1200>\`, profiles to sRGB with the perceptual intent; ±${MAX_SIDE_DIFFERENCE}) and its pixels: mean absolute difference on white at most ${MAX_MEAN} of 255 above the loss of libvips' own JPEG at quality 85 (PNG: at most ${MAX_MEAN}).`,
      "Most difference: of the worst file, the mean absolute difference less that loss.",
      "libvips does not look at PNG's gAMA and cHRM; its pixels are converted by them first (python/compare.py).",
      `broken/ and bombs/: at most ${HOSTILE_CPU_MS} ms of CPU and ${WORST_BYTES / MB} MB each.`,
    ],
    tables: [
      {
        title: "In all",
        columns: ["figure", "value"],
        rows: [
          ["files", rows.length],
          ["decoded right", rows.filter(({ verdict }) => verdict === "right").length],
          ["refused with a code", rows.filter(({ verdict }) => verdict === "refused").length],
          ["not as expected", surprising.length],
          ["most CPU ms of one", Math.max(...rows.map(({ cpuMs }) => cpuMs))],
          ["most memory of the module, MB", Math.max(...rows.map(({ wasmBytes }) => wasmBytes)) / MB],
        ],
      },
      {
        title: "Not as expected",
        columns: ["file", "surprise"],
        rows: surprising.map(({ file, surprises }) => [file.name, surprises.join("; ")]),
      },
      { title: "By folder", columns, rows: groupRows(rows, ({ file }) => [file.name.split("/")[0]]) },
      { title: "By feature", columns, rows: groupRows(rows, ({ file }) => featuresOf(file)) },
      {
        title: "broken/ and bombs/",
        columns: ["file", "outcome", "by", "CPU ms", "module, MB"],
        rows: rows
          .filter(({ file }) => HOSTILE.test(file.name))
          .map(({ file, outcome, stage, cpuMs, wasmBytes }) => [
            file.name,
            outcome,
            stage,
            cpuMs,
            wasmBytes / MB,
          ]),
      },
    ],
    data: rows.map(({ file: { path: _path, ...file }, ...row }) => ({ file, ...row })),
  });
  for (const { file, surprises } of surprising) console.error(`${file.name} ${surprises.join("; ")}`);
  if (surprising.length > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const folder = imageState("formats");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tried = await attemptAll(readManifest(), folder);
  console.error(`${tried.filter(({ picture }) => picture !== null).length} of ${tried.length} are decoded`);
  const lines = tried.flatMap(({ file, picture }) =>
    picture === null ? [] : [{ name: file.name, path: file.path, picture }],
  );
  const comparisons = await compareAll(lines, folder);
  report(
    tried.map(({ file, attempt: one }): Row => {
      const comparison = comparisons.get(file.name) ?? null;
      const verdict = verdictOf(one, comparison);
      const { outcome, stage, detail, cpuMs, wasmBytes } = one;
      const surprises = surprisesOf(file, one, verdict);
      return { file, outcome, stage, detail, cpuMs, wasmBytes, comparison, verdict, surprises };
    }),
  );
}

await main();
