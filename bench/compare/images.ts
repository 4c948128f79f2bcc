import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { benchState } from "../deployment.ts";
import { photoPng } from "../gate/picture.ts";
import { ContenderProcess } from "../images/contenders/process.ts";
import { referenceImages } from "../images/reference-images.ts";
import { residentBytes } from "../processes.ts";
import { summarize } from "../statistics.ts";
import type { Step } from "./contenders.ts";

/** One way to make the pictures of a photo, in a process and on a core of its own. */
interface ImageContender {
  program: string;
  name: string;
  isOurs: boolean;
  step: Step;
}

export interface ImageResult extends Omit<ImageContender, "program"> {
  n: number;
  imagesPerSecond: number;
  p50_ms: number;
  p99_ms: number | null;
  /** Milliseconds of CPU of an image. */
  cpuMs: number;
  peakBytes: number;
}

const OURS: readonly ImageContender[] = [
  { program: "vitrine-jpeg", name: "Vitrine, three JPEGs", isOurs: true, step: "after" },
  { program: "vitrine", name: "Vitrine, JPEGs and WebPs", isOurs: true, step: "after" },
];
const RIVALS: readonly ImageContender[] = [
  { program: "pillow-before", name: "Pillow, three resizes", isOurs: false, step: "before" },
  { program: "pillow-after", name: "Pillow, thumbnail", isOurs: false, step: "after" },
  { program: "pillow-draft", name: "Pillow, draft and cascade", isOurs: false, step: "after" },
];

interface Photo {
  file: string;
  format: string;
}

/** 3 megapixels each, where the reference makes none. */
function generatedPhotos(count: number): Photo[] {
  const folder = join(benchState(), "generated-photos");
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, i) => {
    const file = join(folder, `${i}.png`);
    writeFileSync(file, photoPng([2_000, 1_500], i + 1));
    return { file, format: "png" };
  });
}

export function photosOf(reference: string | null, count: number): Photo[] {
  if (reference === null) return generatedPhotos(Math.min(count, 6));
  const folder = referenceImages(reference, count);
  const files = readdirSync(folder).filter((name) => name.endsWith(".jpg"));
  return files
    .toSorted()
    .slice(0, count)
    .map((name) => ({ file: join(folder, name), format: "jpeg" }));
}

interface Spent {
  wall: number[];
  cpu: number[];
}

/** All photos by each, photo by photo in turns, `rounds` times; the first photo warms. */
export async function compareImages(
  photos: readonly Photo[],
  { rounds, hasRivals }: { rounds: number; hasRivals: boolean },
): Promise<ImageResult[]> {
  const contenders = [...OURS, ...(hasRivals ? RIVALS : [])];
  const core = cpus().length - 1;
  const processes = contenders.map(({ program }) => new ContenderProcess(program, core));
  const spent = contenders.map((): Spent => ({ wall: [], cpu: [] }));
  const run = async (i: number, photo: Photo, isKept: boolean): Promise<void> => {
    const answer = await processes[i].run(photo);
    if ("error" in answer) throw new Error(`${contenders[i].name} stops at ${photo.file}: ${answer.error}`);
    if (isKept) spent[i].wall.push(answer.wallMs);
    if (isKept) spent[i].cpu.push(answer.cpuMs);
  };
  try {
    for (const i of contenders.keys()) await run(i, photos[0], false);
    for (let round = 0; round < rounds; round++) {
      for (const photo of photos) {
        const order = [...contenders.keys()];
        for (const i of round % 2 === 0 ? order : order.reverse()) await run(i, photo, true);
      }
    }
    return contenders.map(({ name, isOurs, step }, i) => {
      const { n, p50, p99, mean } = summarize(spent[i].wall);
      return {
        name,
        isOurs,
        step,
        n,
        imagesPerSecond: 1_000 / mean,
        p50_ms: p50,
        p99_ms: n >= 100 ? p99 : null,
        cpuMs: summarize(spent[i].cpu).mean,
        peakBytes: residentBytes(processes[i].pid).peak,
      };
    });
  } finally {
    for (const process of processes) process.stop();
  }
}
