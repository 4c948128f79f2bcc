import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { VARIANT_SIDES, VARIANTS } from "../../src/domain/image.ts";
import type { Variant } from "../../src/domain/image.ts";
import { referenceFolder } from "../paths.ts";
import { writeReport } from "../report.ts";
import { mean } from "../statistics.ts";
import { readHeader } from "./attempt.ts";
import { CONTENDERS } from "./contenders/contenders.ts";
import { imageState, PYTHON, readManifest, script } from "./inputs.ts";
import type { DataFile } from "./inputs.ts";

const { values: OPTIONS } = parseArgs({ options: { images: { type: "string" } } });
/** Those of python/quality.py. */
const JPEG_QUALITIES = [70, 80, 85, 90, 95];
const WEBP_QUALITIES = [60, 70, 80, 90, 95];
const SHIPPED = 0;
const SWEEPS: readonly (readonly [contender: string, qualities: readonly number[]])[] = [
  ["vitrine", [SHIPPED]],
  ["sharp-documented", JPEG_QUALITIES],
  ["sharp-cascade", JPEG_QUALITIES],
  ["sharp-cascade-webp", WEBP_QUALITIES],
];
const RIVALS: readonly (readonly [contender: string, format: string, label: string, quality: number])[] = [
  ["sharp-cascade", "jpeg", "sharp, cascade", 85],
  ["sharp-documented", "jpeg", "sharp, three pipelines", 85],
  ["pillow-after", "jpeg", "Pillow after", 85],
  ["pillow-draft", "jpeg", "Pillow after_draft", 85],
  ["sharp-cascade-webp", "webp", "sharp, cascade", 80],
];

interface Made {
  contender: string;
  quality: number;
  variant: Variant;
  format: string;
}

/** As python/quality.py answers. */
interface Scored extends Made {
  bytes: number;
  width: number;
  height: number;
  psnr: number;
  ssim: number;
}

interface ScoredImage {
  name: string;
  rows: Scored[];
}

/** Photographs in RGB that are whole. */
function chosenFiles(): DataFile[] {
  const isPhoto = ({ name, vips }: DataFile): boolean =>
    vips === "ok" && /^(photos|kodak)\/|^generated\/mosaic.*mp-q\d+/.test(name) && !/webp|avif/.test(name);
  const files = readManifest().filter(isPhoto);
  return OPTIONS.images === undefined ? files : files.slice(0, Number(OPTIONS.images));
}

/** A JPEG that is not reduced is written again on the grid it was quantised on, which measures that and nothing else. */
function isReduced({ format, width, height }: DataFile, variant: Variant): boolean {
  return format !== "JPEG" || Math.max(width, height) > VARIANT_SIDES[variant];
}

async function makePictures(
  file: DataFile,
  folder: string,
  number: number,
): Promise<(Made & { path: string })[]> {
  const bytes = new Uint8Array(readFileSync(file.path));
  const { format } = readHeader(bytes);
  const made: (Made & { path: string })[] = [];
  for (const [contender, qualities] of SWEEPS) {
    for (const quality of qualities) {
      const asked = quality === SHIPPED ? undefined : quality;
      for (const picture of await CONTENDERS[contender].run(bytes, format, asked)) {
        const name = `${number}-${contender}-${quality}-${picture.variant}.${picture.format}`;
        const path = join(folder, name);
        writeFileSync(path, picture.bytes);
        made.push({ contender, quality, variant: picture.variant, format: picture.format, path });
      }
    }
  }
  return made;
}

async function scoreAll(lines: readonly string[]): Promise<ScoredImage[]> {
  const reference = referenceFolder();
  if (reference === null)
    throw new Error("Cannot measure: no reference; set VITRINE_REFERENCE to its folder");
  const child = spawn(PYTHON, [script("quality"), reference], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  child.stdin.end(lines.join(""));
  const images: ScoredImage[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    images.push(JSON.parse(line) as ScoredImage);
    console.error(`${images.length} of ${lines.length} are scored`);
  }
  return images;
}

/** PSNR and SSIM of a rival at `bytes`, between the two qualities around it, linear over the logarithm of the size. */
function atSize(sweep: readonly Scored[], bytes: number): { psnr: number; ssim: number } {
  const sorted = sweep.toSorted((a, b) => a.bytes - b.bytes);
  const above = sorted.findIndex((one) => one.bytes >= bytes);
  const high = Math.max(1, above === -1 ? sorted.length - 1 : above);
  const [a, b] = [sorted[high - 1], sorted[high]];
  const t = (Math.log(bytes) - Math.log(a.bytes)) / (Math.log(b.bytes) - Math.log(a.bytes) || 1);
  return { psnr: a.psnr + t * (b.psnr - a.psnr), ssim: a.ssim + t * (b.ssim - a.ssim) };
}

interface Pair {
  image: string;
  ours: Scored;
  same: { psnr: number; ssim: number };
  theirs: Scored;
}

function pairsOf(images: readonly ScoredImage[], rival: (typeof RIVALS)[number], variant: Variant): Pair[] {
  const [contender, format, , quality] = rival;
  return images.flatMap(({ name, rows }) => {
    const of = (who: string): Scored[] =>
      rows.filter((row) => row.contender === who && row.variant === variant && row.format === format);
    const [ours] = of("vitrine");
    const sweep = of(contender);
    const theirs = sweep.find((row) => row.quality === quality);
    return ours === undefined || theirs === undefined
      ? []
      : [{ image: name, ours, same: atSize(sweep, ours.bytes), theirs }];
  });
}

function ratioRow(images: readonly ScoredImage[], rival: (typeof RIVALS)[number], variant: Variant) {
  const pairs = pairsOf(images, rival, variant);
  const [, format, label] = rival;
  const psnr = pairs.map(({ ours, same }) => ours.psnr - same.psnr);
  const ssim = pairs.map(({ ours, same }) => ours.ssim - same.ssim);
  const sizes = pairs.map(({ ours, theirs }) => ours.bytes / theirs.bytes);
  const signed = (value: number, digits: number): string =>
    `${value >= 0 ? "+" : ""}${value.toFixed(digits)}`;
  return [
    `${variant}, ${format}: ${label}`,
    signed(mean(psnr), 2),
    signed(Math.min(...psnr), 2),
    signed(mean(ssim), 4),
    signed(Math.min(...ssim), 4),
    `${mean(sizes).toFixed(3)}×`,
  ];
}

function scoreRow(label: string, scored: readonly Scored[]) {
  const of = (read: (one: Scored) => number): number[] => scored.map(read);
  const psnr = of((one) => one.psnr);
  const ssim = of((one) => one.ssim);
  const digits = (value: number): string => value.toFixed(4);
  return [
    label,
    mean(of((one) => one.bytes)),
    mean(psnr),
    Math.min(...psnr),
    digits(mean(ssim)),
    digits(Math.min(...ssim)),
  ];
}

function scoreRows(images: readonly ScoredImage[]) {
  const rows = images.flatMap((image) => image.rows);
  const some = (contender: string, variant: Variant, format: string, quality: number): Scored[] =>
    rows.filter(
      (row) =>
        row.contender === contender &&
        row.variant === variant &&
        row.format === format &&
        row.quality === quality,
    );
  return VARIANTS.flatMap((variant) => [
    scoreRow(`${variant}, jpeg: Vitrine`, some("vitrine", variant, "jpeg", SHIPPED)),
    ...RIVALS.filter(([, format]) => format === "jpeg").map(([contender, format, label, quality]) =>
      scoreRow(`${variant}, jpeg: ${label}`, some(contender, variant, format, quality)),
    ),
    scoreRow(`${variant}, webp: Vitrine`, some("vitrine", variant, "webp", SHIPPED)),
    scoreRow(`${variant}, webp: sharp, cascade`, some("sharp-cascade-webp", variant, "webp", 80)),
  ]);
}

function report(images: readonly ScoredImage[]): void {
  writeReport({
    name: OPTIONS.images === undefined ? "images-quality" : "images-quality-partial",
    title: "Quality of the variants",
    command: "npm run bench images-quality",
    versions: ["sharp"],
    notes: [
      `${images.length} photographs (photos/, kodak/ and the generated mosaics; no variant of a JPEG that is not smaller than the JPEG). Reference: the whole image decoded by Pillow, upright, its profile converted to sRGB at full size by lcms2, one Lanczos resize to the variant's own size, nothing encoded.`,
      "PSNR over R, G and B. SSIM of luma, an 11 × 11 Gaussian window of sigma 1.5, K1 0.01, K2 0.03, mean.",
      "At equal size: ours less the rival's, whose quality was swept (JPEG 70 to 95, WebP 60 to 95) and interpolated over the logarithm of the size to the size of our file. Ours as the pipeline writes it.",
      "Size: ours ÷ the rival's at its quality 85 (WebP 80).",
      "Pillow's variants start from colours already in sRGB, which the reference's code leaves as they are: what is compared is the resizing.",
    ],
    tables: [
      {
        title: "Ours less the rival's at equal size",
        columns: ["variant and rival", "PSNR dB, mean", "worst", "SSIM, mean", "worst", "size"],
        rows: RIVALS.flatMap((rival) => VARIANTS.map((variant) => ratioRow(images, rival, variant))),
      },
      {
        title: "Each at its own size",
        columns: ["variant and contender", "bytes, mean", "PSNR dB, mean", "worst", "SSIM, mean", "worst"],
        rows: scoreRows(images),
      },
    ],
    data: images,
  });
}

async function main(): Promise<void> {
  const folder = imageState("quality");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = chosenFiles();
  const lines: string[] = [];
  for (const [i, file] of files.entries()) {
    const pictures = await makePictures(file, folder, i);
    lines.push(`${JSON.stringify({ name: file.name, path: file.path, pictures })}\n`);
    console.error(`${file.name}: ${pictures.length} pictures`);
  }
  const images = await scoreAll(lines);
  report(
    images.map(({ name, rows }, i) => ({
      name,
      rows: rows.filter(({ variant }) => isReduced(files[i], variant)),
    })),
  );
}

await main();
